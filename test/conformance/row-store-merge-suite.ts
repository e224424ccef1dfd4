import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ColumnType, isSetType } from '../../lambdas/domain/column-type.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { coalesce, mergeRows, sameState } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { Column, KeyType, TableShape } from '../../lambdas/domain/table.ts';
import type { Stamp } from '../../lambdas/domain/version.ts';
import type { MergeOutcome, RowStore } from '../../lambdas/ports/row-store.ts';
import { operations, sampleColumns, times } from '../property/row-arbitraries.ts';
import { sampleProducerStamp } from '../support/producer-stamps.ts';
import { type Operation, operationState } from '../support/row-history.ts';
import { active, newTable, newTableId, put, valuesOf } from './row-store-tables.ts';

const text: ColumnType = { type: 'string' };

/** That a store merges as the pure rule does, and says which rows it changed. */
export function describeMergeRule(store: () => RowStore): void {
  const scalars = sampleColumns.filter(({ type }) => !isSetType(type.type));
  const ids = fc.constantFrom<RowKey>(0, 1, 9_223_372_036_854_775_807n);
  const texts = fc.constantFrom<RowKey>('a', 'a\0', 'b');
  it.each<[name: string, KeyType, fc.Arbitrary<RowKey>, readonly Column[], StampOf]>([
    ['scalars and sets', 'id', ids, sampleColumns, String],
    ['scalars and sets whose producers give versions', 'id', ids, sampleColumns, sampleProducerStamp],
    ['scalars whose producers give versions', 'string', texts, scalars, sampleProducerStamp],
    ['scalars and sets by text keys', 'string', texts, sampleColumns, String],
    ['scalars', 'id', ids, scalars, String],
    ['one column', 'id', ids, scalars.slice(0, 1), String],
  ])(
    'by the merge rule, whatever comes in whatever order: %s',
    (_, keyType, keys, columns, stampOf) => expectMergeRule(store(), keyType, keys, columns, stampOf),
    60_000,
  );

  it.each<[string, Operation, visible: readonly unknown[] | undefined]>([
    ['a record', { put: { n2: ['b'] } }, [null, ['b']]],
    ['an added member', { update: { n2: ['b'] } }, undefined],
    ['an empty list', { update: { n2: [] } }, undefined],
    ['a null', { update: { n2: null } }, undefined],
    ['a removed member', { remove: { n2: 'b' } }, undefined],
  ])('keeps what is newer than a delete of a row that comes half beaten: %s', async (_, newer, visible) => {
    const table = newTable([text, { type: 'stringset' }]);
    await active(store(), table);
    const [older, gone, last] = [{ put: { n1: 'a', n2: ['a'] } }, { delete: true as const }, newer].map(
      (operation, i) => operationState(operation, `${i + 1}`, table.columns),
    );
    await store().merge(table, [gone!]);
    const write = mergeRows(older!, last!);
    expect(await store().merge(table, [write])).toEqual(['changed']);
    const [state] = await store().get(table, [1]);
    expect(sameState(state!, mergeRows(gone!, write))).toBe(true);
    expect(await valuesOf(store(), table, [1])).toEqual([visible]);
  });

  it('changes nothing by an older write, and all by a newer one', async () => {
    const table = newTable([text, { type: 'stringset' }]);
    await active(store(), table);
    const write = (value: string, stamp: string) => store().merge(table, [put(table, 1, [value, [value]], stamp)]);
    expect(await write('a', '2')).toEqual(['changed']);
    expect(await write('b', '3')).toEqual(['changed']);
    expect(await write('b', '3')).toEqual(['unchanged']);
    expect(await write('c', '1')).toEqual(['changed']);
    expect(await write('c', '1')).toEqual(['unchanged']);
    expect(await store().merge(table, [operationState({ delete: true }, '4', table.columns)])).toEqual(['changed']);
    expect(await write('d', '3')).toEqual(['unchanged']);
    expect(await store().get(table, [1])).toEqual([operationState({ delete: true }, '4', table.columns)]);
  });

  it('tells which rows of a batch changed, in the order of the batch', async () => {
    const table = newTable([text]);
    await active(store(), table);
    await store().merge(
      table,
      [5, 3].map((key) => put(table, key, ['new'], '2')),
    );
    const outcomes = await store().merge(
      table,
      [9, 5, 1, 3, 7].map((key) => put(table, key, ['old'], '1')),
    );
    expect(outcomes).toEqual(['changed', 'unchanged', 'changed', 'unchanged', 'changed']);
    expect(await store().merge(table, [])).toEqual([]);
  });
}

/** That a store says and shows after each of some batches what the pure rule does. */
export async function expectMergeRule(
  store: RowStore,
  keyType: KeyType,
  keys: fc.Arbitrary<RowKey>,
  columns: readonly Column[],
  stampOf: StampOf = String,
): Promise<void> {
  const property = fc.asyncProperty(batchesOf(keys, columns), async (batches) => {
    const table: TableShape = { id: newTableId(), keyType, columns };
    await active(store, table);
    const model = new Map<RowKey, RowState>();
    for (const batch of batches) await expectMerge(store, table, model, batch, stampOf);
    await expectRows(store, table, model);
  });
  await fc.assert(property, { numRuns: 30 });
}

/** The stamp of the n-th record that was accepted. */
type StampOf = (nth: number) => Stamp;

interface Batch {
  readonly writes: readonly (readonly [Operation, stamp: number, RowKey, timeMs: number | undefined])[];
  /** Columns that the table lacks when the batch is written. */
  readonly unseen: readonly Column[];
  readonly repeated: boolean;
}

/** Stands in a table's columns where no write has a value. */
const hidden: Column = { id: 'c0' as ColumnId, name: '', type: text };

function batchesOf(keys: fc.Arbitrary<RowKey>, columns: readonly Column[]): fc.Arbitrary<Batch[]> {
  const write = fc.tuple(operations, fc.integer({ min: 1, max: 9 }), keys, times);
  const batch = fc.record({
    writes: fc.array(write, { minLength: 1, maxLength: 6 }),
    unseen: fc.option(fc.subarray([...columns]), { nil: [] as Column[], freq: 3 }),
    repeated: fc.boolean(),
  });
  return fc.array(batch, { minLength: 1, maxLength: 6 });
}

/** Merges a batch into store and model, and compares what they say has changed. */
async function expectMerge(
  store: RowStore,
  table: TableShape,
  model: Map<RowKey, RowState>,
  { writes, unseen, repeated }: Batch,
  stampOf: StampOf,
): Promise<void> {
  const isSeen = (column: Column) => !unseen.includes(column);
  const statesOf = (columns: readonly Column[]) =>
    coalesce(
      writes.map(([operation, stamp, key, timeMs]) => operationState(operation, stampOf(stamp), columns, key, timeMs)),
    );
  const part = { ...table, columns: table.columns.filter(isSeen) };
  const rows = statesOf(part.columns);
  const wanted = statesOf(table.columns.map((column) => (isSeen(column) ? column : hidden)));
  expect(await store.merge(part, rows)).toEqual(wanted.map((state) => mergeInto(model, state)));
  if (repeated) expect(await store.merge(part, rows)).toEqual(rows.map(() => 'unchanged'));
}

/** Joins a state into the model. */
function mergeInto(model: Map<RowKey, RowState>, state: RowState): MergeOutcome {
  const before = model.get(state.key);
  const after = before ? mergeRows(before, state) : state;
  model.set(state.key, after);
  return before === undefined || !sameState(before, after) ? 'changed' : 'unchanged';
}

async function expectRows(store: RowStore, table: TableShape, model: ReadonlyMap<RowKey, RowState>): Promise<void> {
  const keys = [...model.keys()];
  const states = await store.get(table, keys);
  const scanned = await Array.fromAsync(store.scan(table));
  expect(scanned).toHaveLength(keys.length);
  for (const state of [...states, ...scanned]) expect(sameState(state!, model.get(state!.key)!)).toBe(true);
}
