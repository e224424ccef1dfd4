import { type Member, normalInteger } from '../../domain/column-type.ts';
import type { MemberOp } from '../../domain/row.ts';
import { noStamp, type Stamp } from '../../domain/version.ts';

/**
 * What an item's attribute `_v` says: all of a row that its natural attributes can't. Columns go by number (column `c12`
 * is 12). As text it is one JSON list, whose empty parts at the end are left out:
 *
 *   [revision, stamps, owners, scalars, sets]
 *
 *   stamps   all stamps of the row, each once, which the rest names by place; first `exists`, then the tombstone
 *   owners   the column of each natural attribute, in the order of the attributes' names
 *   scalars  [place, column, column ...] for each stamp: the cells that are null, or not of the stamp `exists`
 *   sets     [column, cleared, touched, shown, operations ...], stamps by place: set cells that are not "touched and all
 *            members added by the stamp `exists`, nothing else". `shown` is the stamp of the members that the natural
 *            attribute holds: one place, or a list of places in the order of the members. Operations that it does not
 *            hold are lists [place, bucket or "", 1 added or 0 removed, member, member ...]
 *
 * So `[1,["01hq8zk3aab000001"],[2,1,3]]` is a row of three columns, written once and whole. A member beyond 2^53 is a
 * list of its digits as text.
 */
export interface RowVersions {
  /** Writes that changed the item: two states of a row never have the same `_v`, not even where values tie. */
  readonly revision: number;
  readonly exists: Stamp;
  readonly tombstone: Stamp;
  readonly owners: readonly number[];
  readonly scalars: ReadonlyMap<number, Stamp>;
  readonly sets: ReadonlyMap<number, SetVersions>;
}

export interface SetVersions {
  readonly cleared: Stamp;
  readonly touched: Stamp;
  /** One for all members that the natural attribute holds, or one for each in their order. */
  readonly shown: Stamp | readonly Stamp[];
  readonly operations: readonly MemberOp[];
}

type StoredMember = string | number | readonly [string];
type StoredOperations = readonly [place: number, bucket: string, present: 0 | 1, ...members: StoredMember[]];
type StoredSet = readonly [
  column: number,
  cleared: number,
  touched: number,
  shown: number | readonly number[],
  ...operations: StoredOperations[],
];
type StoredScalars = readonly [place: number, ...columns: number[]];
type StoredVersions = readonly [
  revision: number,
  stamps: readonly Stamp[],
  owners?: readonly number[],
  scalars?: readonly StoredScalars[],
  sets?: readonly StoredSet[],
];

export function encodeVersions(versions: RowVersions): string {
  const { revision, exists, tombstone, owners } = versions;
  const stamps = [exists, tombstone];
  const places = new Map([
    [tombstone, 1],
    [exists, 0],
  ]);
  const placeOf = (stamp: Stamp): number => {
    const known = places.get(stamp);
    if (known !== undefined) return known;
    places.set(stamp, stamps.length);
    return stamps.push(stamp) - 1;
  };
  const scalars = [...Map.groupBy(versions.scalars, ([, stamp]) => stamp)].map(
    ([stamp, cells]): StoredScalars => [placeOf(stamp), ...cells.map(([column]) => column)],
  );
  const sets = [...versions.sets].map(([column, set]) => storedSet(column, set, placeOf));
  if (stamps.length === 2 && tombstone === noStamp) stamps.pop();
  const parts: unknown[] = [revision, stamps, owners, scalars, sets];
  while ((parts.at(-1) as readonly unknown[]).length === 0) parts.pop();
  return JSON.stringify(parts);
}

function storedSet(column: number, set: SetVersions, placeOf: (stamp: Stamp) => number): StoredSet {
  const { cleared, touched, shown, operations } = set;
  const groups = Map.groupBy(operations, ({ stamp, bucket, present }) => JSON.stringify([stamp, bucket, present]));
  return [
    column,
    placeOf(cleared),
    placeOf(touched),
    typeof shown === 'string' ? placeOf(shown) : shown.map(placeOf),
    ...[...groups.values()].map((group): StoredOperations => {
      const { stamp, bucket = '', present } = group[0]!;
      return [placeOf(stamp), bucket, present ? 1 : 0, ...group.map(({ member }) => storedMember(member))];
    }),
  ];
}

/**
 * The inverse of `encodeVersions`.
 * @throws when the text is no `_v`; the error holds nothing of it
 */
export function decodeVersions(text: string): RowVersions {
  const [revision, stamps, owners = [], scalars = [], sets = []] = parse(text);
  const stampAt = (place: number): Stamp => stamps[place] ?? noStamp;
  return {
    revision,
    exists: stampAt(0),
    tombstone: stampAt(1),
    owners,
    scalars: new Map(
      scalars.flatMap(([place, ...columns]) => columns.map((column) => [column, stampAt(place)] as const)),
    ),
    sets: new Map(sets.map((set) => [set[0], loadedSet(set, stampAt)])),
  };
}

function parse(text: string): StoredVersions {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  if (!Array.isArray(parsed) || !Array.isArray(parsed[1])) throw new TypeError('an attribute _v is not a row version');
  return parsed as unknown as StoredVersions;
}

function loadedSet(
  [, cleared, touched, shown, ...operations]: StoredSet,
  stampAt: (place: number) => Stamp,
): SetVersions {
  return {
    cleared: stampAt(cleared),
    touched: stampAt(touched),
    shown: typeof shown === 'number' ? stampAt(shown) : shown.map(stampAt),
    operations: operations.flatMap(([place, bucket, present, ...members]) =>
      members.map((stored): MemberOp => {
        const op = { member: memberOf(stored), stamp: stampAt(place), present: present === 1 };
        return bucket === '' ? op : { ...op, bucket };
      }),
    ),
  };
}

function storedMember(member: Member): StoredMember {
  return typeof member === 'bigint' ? [String(member)] : member;
}

function memberOf(stored: StoredMember): Member {
  return typeof stored === 'object' ? normalInteger(BigInt(stored[0])) : stored;
}
