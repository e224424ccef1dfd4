import { isSetType, type Member } from '../column-type.ts';
import { memberKey } from '../merge.ts';
import type { MappedRow, MappedValue, Removal } from '../outcome.ts';
import type { Cell, MemberOp, RowState } from '../row.ts';
import type { MappingItem } from '../sink.ts';
import type { Column } from '../table.ts';
import { noStamp, type Stamp } from '../version.ts';
import { bucketOf } from './time-quantum.ts';

/** For each mapping item, the place of its column in `columns`; -1 where that column is gone. */
export function columnPlaces(items: readonly MappingItem[], columns: readonly Column[]): number[] {
  const placeOf = new Map(columns.map(({ id }, place) => [id, place]));
  return items.map(({ columnId }) => placeOf.get(columnId) ?? -1);
}

/**
 * What one mapped record says of its row. A put makes the row exist and writes the values that were sent; a delete is a
 * tombstone and nothing else. Values of columns that are gone are left out.
 * @param items the mapping's items, in the order of the row's values
 * @param columns the table's columns now, in whose order the cells stand
 * @param places `columnPlaces(items, columns)`
 */
export function rowState(
  row: MappedRow,
  stamp: Stamp,
  items: readonly MappingItem[],
  columns: readonly Column[],
  places: readonly number[],
): RowState {
  const cells = new Array<Cell | undefined>(columns.length).fill(undefined);
  if (row.op === 'delete') return { key: row.key, exists: noStamp, tombstone: stamp, cells };
  for (let i = 0; i < items.length; i++) {
    const place = places[i]!;
    const value = row.values[i];
    if (place < 0 || value === undefined) continue;
    cells[place] = cellOf(value, stamp, columns[place]!, row.timeMs);
  }
  return { key: row.key, exists: stamp, tombstone: noStamp, cells };
}

function cellOf(
  value: Exclude<MappedValue, undefined>,
  stamp: Stamp,
  { type }: Column,
  timeMs: number | undefined,
): Cell {
  if (!isSetType(type.type)) return { stamp, value: value as Exclude<typeof value, readonly Member[] | Removal> };
  if (value === null) return { cleared: stamp, touched: noStamp, members: new Map() };
  if (isRemoval(value)) return removalOf(value, stamp);
  const added = value as readonly Member[];
  const members = new Map<string, MemberOp>();
  for (const member of added) members.set(memberKey(member), { member, stamp, present: true });
  if ('quantum' in type && timeMs !== undefined) {
    const bucket = bucketOf(timeMs, type.quantum);
    for (const member of added) members.set(memberKey(member, bucket), { member, bucket, stamp, present: true });
  }
  return { cleared: noStamp, touched: stamp, members };
}

function isRemoval(value: Exclude<MappedValue, undefined | null>): value is Removal {
  return typeof value === 'object' && 'removed' in value;
}

/** Takes members out of the view without time, and touches nothing else: a set that was null stays null. */
function removalOf({ removed }: Removal, stamp: Stamp): Cell {
  const members = removed.map((member): [string, MemberOp] => [memberKey(member), { member, stamp, present: false }]);
  return { cleared: noStamp, touched: noStamp, members: new Map(members) };
}
