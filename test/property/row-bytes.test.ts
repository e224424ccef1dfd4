import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeRowCodec } from '../../lambdas/adapters/aws/dynamo-row-item.ts';
import { normalInteger } from '../../lambdas/domain/column-type.ts';
import { alreadySays } from '../../lambdas/domain/merge/already-says.ts';
import { rowBytes, rowBytesAtMost } from '../../lambdas/domain/merge/row-bytes.ts';
import { decodeSetCell, encodeSetCell } from '../../lambdas/domain/merge/stored-cells.ts';
import { isSetCell, mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { KeyType, TableShape } from '../../lambdas/domain/table.ts';
import type { Stamp } from '../../lambdas/domain/version.ts';
import { fullShape, stampsBy, writesOf } from '../conformance/row-histories.ts';
import { newTable, put } from '../conformance/row-store-tables.ts';
import { itemBytes } from '../support/item-bytes.ts';
import { producerStamp } from '../support/producer-stamps.ts';
import { operationState } from '../support/row-history.ts';

/** Bytes by which an item may be larger than its row's measure: none. */
const bytesUncounted = 0;
/** What the measure takes for granted of every row and of every column with a cell, and an item need not have. */
const rowRoomBytes = 160;
const cellRoomBytes = 110;

const keyTypes: readonly KeyType[] = ['id', 'string'];
const orders = Object.keys(stampsBy) as (keyof typeof stampsBy)[];

/** What some writes say together, of one row. */
function statesOf(shape: TableShape, stamps: fc.Arbitrary<Stamp> = stampsBy.acceptance): fc.Arbitrary<RowState> {
  return fc
    .array(writesOf(shape, stamps), { minLength: 1, maxLength: 6 })
    .map((writes) => writes.map((write) => ({ ...write, key: writes[0]!.key })).reduce(mergeRows));
}

/** What SQLite has of a row in texts. */
function charactersOf({ key, cells }: RowState): number {
  return cells.reduce(
    (sum, cell) => {
      if (cell === undefined) return sum;
      if (isSetCell(cell)) return sum + encodeSetCell(cell).length;
      return sum + (typeof cell.value === 'string' ? cell.value.length : 0);
    },
    typeof key === 'string' ? key.length : 0,
  );
}

describe('the bytes of a row', () => {
  it.each(orders.flatMap((order) => keyTypes.map((keyType) => [keyType, order] as const)))(
    'are never fewer than those of its item, and few more, keyed by %s, by %s',
    (keyType, order) => {
      const shape = fullShape(keyType);
      const codec = makeRowCodec(shape);
      const property = fc.property(statesOf(shape, stampsBy[order]), (state) => {
        const bytes = rowBytes(state, shape.columns);
        const stored = itemBytes(codec.encode(state, undefined));
        expect(bytes).toBeGreaterThanOrEqual(stored - bytesUncounted);
        const cells = state.cells.filter((cell) => cell !== undefined).length;
        expect(bytes).toBeLessThan(1.25 * stored + rowRoomBytes + cells * cellRoomBytes);
      });
      fc.assert(property, { numRuns: 1_000 });
    },
  );

  it.each<[string, RowState, TableShape]>([
    ...[1, 6, 19].map((digits): [string, RowState, TableShape] => [
      `a set of numbers of ${digits} digits`,
      ...numbersOf(digits),
    ]),
    ['a set of one write', ...setOf(20_000, () => 0)],
    ['a set of a write a member', ...setOf(9_000, (i) => i)],
    ['a set of few writes', ...setOf(9_000, (i) => i % 7)],
    ['a set of a write a member, by versions', ...setOf(7_000, (i) => i, versionStamp)],
    ['a quantum set', ...quantumSet(4_000)],
    ['a long text', ...textsOf(1, 'é'.repeat(150_000))],
    ['many texts', ...textsOf(400, 'text of a usual length')],
  ])('are close to those of the item: %s', (_, state, table) => {
    const bytes = rowBytes(state, table.columns);
    const stored = itemBytes(makeRowCodec(table).encode(state, undefined));
    expect(bytes).toBeGreaterThanOrEqual(stored - bytesUncounted);
    expect(bytes).toBeLessThan(1.25 * stored + rowRoomBytes + cellRoomBytes);
  });

  it('do not depend on how a state came about, nor on where it was stored', () => {
    const shape = fullShape('string');
    const codec = makeRowCodec(shape);
    const property = fc.property(statesOf(shape), (state) => {
      const fromItem = codec.decode(codec.encode(state, undefined)).state;
      const fromText = state.cells.map((cell) => (cell && isSetCell(cell) ? decodeSetCell(encodeSetCell(cell)) : cell));
      const bytes = rowBytes(state, shape.columns);
      expect(rowBytes(fromItem, shape.columns)).toBe(bytes);
      expect(rowBytes({ ...state, cells: fromText }, shape.columns)).toBe(bytes);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it.each(orders)('are never more than what the texts of two rows let expect of their join, by %s', (order) => {
    const shape = fullShape('string');
    const states = statesOf(shape, stampsBy[order]);
    const property = fc.property(states, states, (one, other) => {
      const joined = mergeRows(one, { ...other, key: one.key });
      const characters = charactersOf(one) + charactersOf(other);
      expect(rowBytes(joined, shape.columns)).toBeLessThanOrEqual(rowBytesAtMost(shape.columns, characters));
    });
    fc.assert(property, { numRuns: 1_000 });
    const stampOf = order === 'acceptance' ? stamp : versionStamp;
    const [first, table] = setOf(5_000, (i) => i % 2, stampOf);
    const [second] = setOf(5_000, (i) => i, stampOf);
    const characters = charactersOf(first) + charactersOf(second);
    const joined = rowBytes(mergeRows(first, second), table.columns);
    expect(joined).toBeLessThanOrEqual(rowBytesAtMost(table.columns, characters));
  });

  it.each(orders)('never grow by a delete, however late it comes, nor by a clear of a set, by %s', (order) => {
    const shape = fullShape('id');
    const property = fc.property(statesOf(shape, stampsBy[order]), stampsBy[order], (state, stamp) => {
      const gone = operationState({ delete: true }, stamp, shape.columns, state.key);
      const left = rowBytes(mergeRows(state, gone), shape.columns);
      expect(left).toBeLessThanOrEqual(rowBytes(state, shape.columns));
    });
    fc.assert(property, { numRuns: 500 });
    const stampOf = order === 'acceptance' ? stamp : versionStamp;
    const [state, table] = setOf(20, (i) => i % 2, stampOf);
    const cleared = mergeRows(state, put(table, 1, [null], stampOf(3)));
    expect(rowBytes(cleared, table.columns)).toBeLessThan(rowBytes(state, table.columns));
    expect(rowBytes(cleared, table.columns)).toBeGreaterThanOrEqual(
      itemBytes(makeRowCodec(table).encode(cleared, undefined)),
    );
  });
});

it('a state says already what joined to it changes nothing, and only that', () => {
  const shape = fullShape('id');
  const property = fc.property(statesOf(shape), statesOf(shape), fc.boolean(), (one, two, isJoined) => {
    const other = { ...two, key: one.key };
    const state = isJoined ? mergeRows(one, other) : one;
    expect(alreadySays(state, other)).toBe(sameState(mergeRows(state, other), state));
  });
  fc.assert(property, { numRuns: 1_000 });
});

function stamp(n: number): string {
  return `01hq8zk3aab${String(n).padStart(6, '0')}`;
}

function versionStamp(n: number): string {
  return producerStamp(n * 1_000_000, n);
}

/** As many numbers of so many digits as there are, up to 9,000. */
function numbersOf(digits: number): [RowState, TableShape] {
  const table = newTable([{ type: 'idset' }]);
  const first = 10n ** BigInt(digits - 1);
  const members = Array.from({ length: digits === 1 ? 9 : 9_000 }, (_, i) => normalInteger(first + BigInt(i)));
  return [put(table, 1, [members], stamp(0)), table];
}

/** Members of a text set, each written by the record that `recordOf` says. */
function setOf(count: number, recordOf: (i: number) => number, stampOf = stamp): [RowState, TableShape] {
  const table = newTable([{ type: 'stringset' }]);
  const members = Array.from({ length: count }, (_, i) => i);
  const records = Map.groupBy(members, recordOf);
  const states = [...records].map(([record, ofRecord]) =>
    put(table, 1, [ofRecord.map((i) => `tag ${i}`)], stampOf(record)),
  );
  return [joinAll(states), table];
}

function quantumSet(count: number): [RowState, TableShape] {
  const table = newTable([{ type: 'stringsetq', quantum: 'YMDH' }]);
  const states = Array.from({ length: 8 }, (_, record) => {
    const members = Array.from({ length: count / 8 }, (_, i) => `visitor ${record} ${i}`);
    const operation = { put: { [table.columns[0]!.name]: members } };
    return operationState(operation, stamp(record), table.columns, 1, Date.UTC(2022, 0, 1, record));
  });
  return [joinAll(states), table];
}

function textsOf(columns: number, text: string): [RowState, TableShape] {
  const table = newTable(Array.from({ length: columns }, () => ({ type: 'string' as const })));
  return [put(table, 1, Array(columns).fill(text), stamp(0)), table];
}

function joinAll(states: readonly RowState[]): RowState {
  if (states.length === 1) return states[0]!;
  const half = states.length >> 1;
  return mergeRows(joinAll(states.slice(0, half)), joinAll(states.slice(half)));
}
