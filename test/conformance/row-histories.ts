import fc from 'fast-check';
import type { ColumnType, Member, Scalar } from '../../lambdas/domain/column-type.ts';
import { isSetType, normalInteger } from '../../lambdas/domain/column-type.ts';
import { integerMax, integerMin } from '../../lambdas/domain/limits.ts';
import { memberKey } from '../../lambdas/domain/merge.ts';
import type { Cell, MemberOp, RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { Column, KeyType, TableShape } from '../../lambdas/domain/table.ts';
import { noStamp, type Stamp } from '../../lambdas/domain/version.ts';
import { sampleProducerStamp } from '../support/producer-stamps.ts';
import { tableShape } from './segment-harness.ts';

/** A column of every type. */
const types: Readonly<Record<string, ColumnType>> = {
  a_id: { type: 'id' },
  a_int: { type: 'int' },
  a_decimal: { type: 'decimal', scale: 2 },
  a_fraction: { type: 'decimal', scale: 18 },
  a_time: { type: 'timestamp', unit: 's' },
  a_fine_time: { type: 'timestamp', unit: 'ns' },
  a_string: { type: 'string' },
  a_bool: { type: 'bool' },
  some_ids: { type: 'idset' },
  some_strings: { type: 'stringset' },
  some_times: { type: 'idsetq', quantum: 'YMD' },
  some_names: { type: 'stringsetq', quantum: 'YMDH' },
};

export function fullShape(keyType: KeyType): TableShape {
  return tableShape(types, keyType);
}

/** The same, with a column whose members show by their time views alone. */
export function queriedShape(keyType: KeyType): TableShape {
  return tableShape({ ...types, some_views: { type: 'stringsetq', quantum: 'YMD', noStandardView: true } }, keyType);
}

const accepted = fc.integer({ min: 1, max: 9 });

/** Stamps of a table. So few that writes meet, and often with one stamp: then the rule for ties decides. */
export const stampsBy = {
  acceptance: accepted.map((n): Stamp => `01hq8zk3aab00${n}001`),
  'producers with a clock': accepted.map(sampleProducerStamp),
} as const satisfies Readonly<Record<string, fc.Arbitrary<Stamp>>>;
const texts = fc.constantFrom(
  'a',
  'b',
  'Ä',
  '\u{1F600}',
  '\uFF21',
  'it\'s "q"',
  'a\0b',
  ' ',
  'longer than twelve bytes',
);
const buckets = fc.constantFrom('2022-08-09', '2022-08-10');
const integers = fc.constantFrom(integerMin, integerMax, -1n, 0n, 1n, 2n ** 53n).map(normalInteger);

export const rowKeys: Readonly<Record<KeyType, fc.Arbitrary<RowKey>>> = {
  id: fc.constantFrom(0, 1, 2, normalInteger(integerMax)),
  string: fc.constantFrom('a', 'B', 'a|b', 'ÿ\0'),
};

function scalarOf({ type, ...rest }: ColumnType): fc.Arbitrary<Scalar> {
  switch (type) {
    case 'string':
      return texts;
    case 'bool':
      return fc.boolean();
    case 'timestamp':
      return 'unit' in rest && rest.unit === 'ns'
        ? fc.constantFrom(-4_294_967_296_000_000_000n, 1, 1_659_981_468_123_456_789n)
        : fc.constantFrom(-62_135_596_799, 0, 253_402_300_799);
    default:
      return integers;
  }
}

const isText = ({ type }: ColumnType) => type === 'stringset' || type === 'stringsetq';

/** Adds members, removes one, clears, or says nothing of the set's members but that there are some or none. */
function setCellOf({ type }: Column, stamp: Stamp): fc.Arbitrary<Cell> {
  const member: fc.Arbitrary<Member> = isText(type) ? texts : fc.constantFrom(0, 7, normalInteger(integerMax));
  const bucket = 'quantum' in type ? fc.option(buckets, { nil: undefined }) : fc.constant(undefined);
  const added = fc.tuple(fc.uniqueArray(member, { maxLength: 3 }), bucket).map(
    ([members, at]): Cell => ({
      cleared: noStamp,
      touched: stamp,
      members: operations([
        ...members.map((one) => ({ member: one, stamp, present: true })),
        ...(at === undefined ? [] : members.map((one) => ({ member: one, bucket: at, stamp, present: true }))),
      ]),
    }),
  );
  const removed = fc.tuple(member, bucket).map(
    ([one, at]): Cell => ({
      cleared: noStamp,
      touched: noStamp,
      members: operations([{ member: one, ...(at !== undefined && { bucket: at }), stamp, present: false }]),
    }),
  );
  const cleared = fc.constant<Cell>({ cleared: stamp, touched: noStamp, members: new Map() });
  return fc.oneof({ weight: 4, arbitrary: added }, removed, cleared);
}

function operations(ops: readonly MemberOp[]): ReadonlyMap<string, MemberOp> {
  return new Map(ops.map((op) => [memberKey(op.member, op.bucket), op]));
}

/** What one write says of a row: a put, cells without a put, or a delete. */
export function writesOf(
  { columns, keyType }: TableShape,
  stamps: fc.Arbitrary<Stamp> = stampsBy.acceptance,
): fc.Arbitrary<RowState> {
  const shapeOfWrite = fc.tuple(rowKeys[keyType], stamps, fc.constantFrom('put', 'put', 'put', 'cells', 'delete'));
  return shapeOfWrite.chain(([key, stamp, kind]) => {
    if (kind === 'delete')
      return fc.constant<RowState>({ key, exists: noStamp, tombstone: stamp, cells: columns.map(() => undefined) });
    const cells = columns.map((column): fc.Arbitrary<Cell | undefined> => {
      const scalar = () => fc.option(scalarOf(column.type), { freq: 4 }).map((value) => ({ stamp, value }));
      return fc.option(isSetType(column.type.type) ? setCellOf(column, stamp) : scalar(), { nil: undefined, freq: 3 });
    });
    const exists = kind === 'put' ? stamp : noStamp;
    return fc.tuple(...cells).map((all): RowState => ({ key, exists, tombstone: noStamp, cells: all }));
  });
}

/** Writes, dealt out to segments; some stand in two. */
export function historiesOf(
  shape: TableShape,
  stamps: fc.Arbitrary<Stamp> = stampsBy.acceptance,
  segmentsMax = 6,
): fc.Arbitrary<readonly (readonly RowState[])[]> {
  const places = fc.uniqueArray(fc.nat({ max: segmentsMax - 1 }), { minLength: 1, maxLength: 2 });
  return fc
    .array(fc.tuple(writesOf(shape, stamps), places), { minLength: 1, maxLength: 16 })
    .map((dealt) =>
      Array.from({ length: segmentsMax }, (_, i) => dealt.filter(([, at]) => at.includes(i)).map(([write]) => write)),
    )
    .map((parts) => parts.filter((part) => part.length > 0));
}
