import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { ColumnId, TableId } from '../../lambdas/domain/ids.ts';
import { columnsPerTableMax } from '../../lambdas/domain/limits.ts';
import { coalesce, mergeRows, sameState, visibleRow } from '../../lambdas/domain/merge.ts';
import type { MappedValue } from '../../lambdas/domain/outcome.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { Column, KeyType, TableShape } from '../../lambdas/domain/table.ts';
import type { RowStore } from '../../lambdas/ports/row-store.ts';
import { operations, sampleColumns, sampleTable, times } from '../property/row-arbitraries.ts';
import { operationState } from '../support/row-history.ts';
import { waitUntil } from '../support/wait-until.ts';

export interface RowStoreHarness {
  /** A store; each call makes another over the same rows. */
  make(): RowStore;
  /** Closes all stores and removes the rows. */
  close(): Promise<void>;
}

const text: ColumnType = { type: 'string' };
/** Stands in a table's columns where no write has a value. */
const hidden: Column = { id: 'c0' as ColumnId, name: '', type: text };
let tables = 0;

/** What every `RowStore` must do. */
export function rowStoreSuite(name: string, open: () => RowStoreHarness): void {
  describe(`${name} keeps rows`, () => {
    let harness: RowStoreHarness;
    let store: RowStore;
    beforeEach(() => {
      harness = open();
      store = harness.make();
    });
    afterEach(() => harness.close());

    describeLife(() => harness);
    describeMergeRule(() => store);
    describeValues(() => store);
    describeColumns(() => store);
    describeReads(() => store);
  });
}

function describeLife(harness: () => RowStoreHarness): void {
  it('makes and drops the store of a table, any number of times', async () => {
    const store = harness().make();
    const table = newTable([text]);
    expect(await store.status(table.id)).toBe('absent');
    await store.drop(table.id);
    await active(store, table);
    await store.merge(table, [put(table, 1, ['kept'])]);
    await active(store, table);
    expect(await valuesOf(store, table, [1])).toEqual([['kept']]);
    await store.drop(table.id);
    expect(await store.status(table.id)).toBe('absent');
    await store.drop(table.id);
    await active(store, table);
    expect(await valuesOf(store, table, [1])).toEqual([undefined]);
  });

  it('shows a table, its new columns and its rows to other stores at once', async () => {
    const [writer, reader] = [harness().make(), harness().make()];
    const table = newTable([text]);
    expect(await reader.status(table.id)).toBe('absent');
    await active(writer, table);
    expect(await reader.status(table.id)).toBe('active');
    await writer.merge(table, [put(table, 1, ['a'])]);
    expect(await valuesOf(reader, table, [1])).toEqual([['a']]);
    const wider = withColumn(table, text);
    expect(await valuesOf(reader, wider, [1])).toEqual([['a', null]]);
    await writer.merge(wider, [put(wider, 1, ['b', 'c'], '2')]);
    expect(await valuesOf(reader, wider, [1])).toEqual([['b', 'c']]);
    expect(await harness().make().get(table, [1])).toHaveLength(1);
  });

  it('has no rows of a table that another store dropped, also when it is made again', async () => {
    const [owner, other] = [harness().make(), harness().make()];
    const table = newTable([text]);
    await active(owner, table);
    await other.merge(table, [put(table, 1, ['old'])]);
    await owner.drop(table.id);
    expect(await other.status(table.id)).toBe('absent');
    expect(await other.get(table, [1])).toEqual([undefined]);
    expect(await Array.fromAsync(other.scan(table))).toEqual([]);
    await expect(other.merge(table, [put(table, 1, ['late'])])).rejects.toThrow(table.id);
    await active(owner, table);
    expect(await other.get(table, [1])).toEqual([undefined]);
    await other.merge(table, [put(table, 2, ['new'])]);
    expect(await valuesOf(owner, table, [1, 2])).toEqual([undefined, ['new']]);
  });

  it('lets an empty table change its kind of key, and refuses it where there are rows', async () => {
    const store = harness().make();
    const byId = newTable([text]);
    const byText: TableShape = { ...byId, keyType: 'string' };
    await active(store, byId);
    expect(await store.get(byText, ['k'])).toEqual([undefined]);
    await store.merge(byText, [put(byText, 'k', ['a'])]);
    expect(await valuesOf(store, byText, ['k'])).toEqual([['a']]);
    await expect(store.merge(byId, [put(byId, 1, ['a'])])).rejects.toThrow('keyed by string');
    expect(await valuesOf(store, byText, ['k'])).toEqual([['a']]);
  });
}

function describeMergeRule(store: () => RowStore): void {
  it.each<[KeyType, fc.Arbitrary<RowKey>]>([
    ['id', fc.constantFrom(0, 1, 9_223_372_036_854_775_807n)],
    ['string', fc.constantFrom('', 'a', 'a\0')],
  ])(
    'by the merge rule, whatever comes in whatever order, by keys of type %s',
    async (keyType, keys) => {
      const write = fc.tuple(operations, fc.integer({ min: 1, max: 9 }), keys, times);
      const batch = fc.record({
        writes: fc.array(write, { minLength: 1, maxLength: 6 }),
        unseen: fc.option(fc.subarray([...sampleColumns]), { nil: [] as Column[], freq: 3 }),
        repeated: fc.boolean(),
      });
      const property = fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 6 }), async (batches) => {
        const table = sampleTable(newTableId(), keyType);
        await active(store(), table);
        const model = new Map<RowKey, RowState>();
        for (const { writes, unseen, repeated } of batches) {
          const isSeen = (column: Column) => !unseen.includes(column);
          const statesOf = (columns: readonly Column[]) =>
            coalesce(
              writes.map(([operation, stamp, key, time]) => operationState(operation, `${stamp}`, columns, key, time)),
            );
          const whole = statesOf(table.columns.map((column) => (isSeen(column) ? column : hidden)));
          const part = { ...table, columns: table.columns.filter(isSeen) };
          expect(await store().merge(part, statesOf(part.columns))).toEqual(
            whole.map((state) => mergeInto(model, state)),
          );
          if (repeated) expect(await store().merge(part, statesOf(part.columns))).toEqual(whole.map(() => false));
        }
        await expectRows(store(), table, model);
      });
      await fc.assert(property, { numRuns: 40 });
    },
    60_000,
  );

  it('changes nothing by an older write, and all by a newer one', async () => {
    const table = newTable([text, { type: 'stringset' }]);
    await active(store(), table);
    const write = (value: string, stamp: string) => store().merge(table, [put(table, 1, [value, [value]], stamp)]);
    expect(await write('a', '2')).toEqual([true]);
    expect(await write('b', '3')).toEqual([true]);
    expect(await write('b', '3')).toEqual([false]);
    expect(await write('c', '1')).toEqual([true]);
    expect(await write('c', '1')).toEqual([false]);
    expect(await store().merge(table, [operationState({ delete: true }, '4', table.columns)])).toEqual([true]);
    expect(await write('d', '3')).toEqual([false]);
    expect(await store().get(table, [1])).toEqual([operationState({ delete: true }, '4', table.columns)]);
  });

  it('tells which rows of a batch changed, in the order of the batch', async () => {
    const table = newTable([text]);
    await active(store(), table);
    await store().merge(
      table,
      [5, 3].map((key) => put(table, key, ['new'], '2')),
    );
    const changed = await store().merge(
      table,
      [9, 5, 1, 3, 7].map((key) => put(table, key, ['old'], '1')),
    );
    expect(changed).toEqual([true, false, true, false, true]);
    expect(await store().merge(table, [])).toEqual([]);
  });
}

function describeValues(store: () => RowStore): void {
  const big = 9_223_372_036_854_775_807n;
  it.each<[name: string, ColumnType, MappedValue]>([
    ['the largest integer', { type: 'int' }, big],
    ['the smallest integer', { type: 'int' }, -big - 1n],
    ['2^53 - 1', { type: 'int' }, 9_007_199_254_740_991],
    ['2^53', { type: 'int' }, 9_007_199_254_740_992n],
    ['zero', { type: 'int' }, 0],
    ['the largest id', { type: 'id' }, big],
    ['a scaled decimal', { type: 'decimal', scale: 18 }, -big],
    ['nanoseconds', { type: 'timestamp', unit: 'ns' }, 1_659_981_468_123_456_789n],
    ['true', { type: 'bool' }, true],
    ['false', { type: 'bool' }, false],
    ['digits as text', text, '007'],
    ['an empty text', text, ''],
    ['text with NUL', text, '\0a\0b\0'],
    ['text of every plane', text, 'aé☃\uffff𝄞\u{10ffff}'],
    ['quotes and line ends', text, `it's "so"\\\r\n\u2028`],
    ['a long text', text, 'x'.repeat(100_000)],
    ['null', text, null],
    ['no members', { type: 'stringset' }, []],
    ['texts as members', { type: 'stringset' }, ['', '\0', '"', '5', '\u{1f600}']],
    ['ids as members', { type: 'idset' }, [0, 9_007_199_254_740_991, big]],
  ])('gives %s back as it was', async (_, type, value) => {
    const table = newTable([type]);
    await active(store(), table);
    await store().merge(table, [put(table, 1, [value])]);
    expect(await valuesOf(store(), table, [1])).toEqual([[value]]);
  });

  it.each<[KeyType, readonly RowKey[]]>([
    ['id', [0, 1, 2 ** 53 - 1, 9_007_199_254_740_992n, 9_007_199_254_740_993n, big]],
    ['string', ['', 'a', 'A', 'a\0', 'a\0b', 'a|b', '1', '01', 'é', '\uffff', '\u{1f600}', 'x'.repeat(2_048)]],
  ])('tells rows apart by keys of type %s', async (keyType, keys) => {
    const table = newTable([text], keyType);
    await active(store(), table);
    const rows = keys.map((key, i) => put(table, key, [`row ${i}`]));
    await store().merge(table, rows);
    expect(await store().get(table, keys)).toEqual(rows);
    const scanned = await Array.fromAsync(store().scan(table));
    expect(new Set(scanned.map(({ key }) => key))).toEqual(new Set(keys));
  });
}

function describeColumns(store: () => RowStore): void {
  it('keeps the cells of columns that a table no longer shows, and those of a new column apart', async () => {
    const both = newTable([text, text, { type: 'idset' }]);
    const first: TableShape = { ...both, columns: both.columns.slice(0, 1) };
    await active(store(), both);
    await store().merge(both, [put(both, 1, ['a', 'b', [1]])]);
    await store().merge(first, [put(first, 1, ['c'], '2')]);
    expect(await valuesOf(store(), first, [1])).toEqual([['c']]);
    expect(await valuesOf(store(), both, [1])).toEqual([['c', 'b', [1]]]);
    const later = withColumn(first, text);
    expect(await valuesOf(store(), later, [1])).toEqual([['c', null]]);
    await store().merge(later, [put(later, 1, [undefined, 'd'], '3')]);
    expect(await valuesOf(store(), later, [1])).toEqual([['c', 'd']]);
  });

  it('reads columns by id, in the order of the table', async () => {
    const table = newTable([text, { type: 'stringset' }]);
    await active(store(), table);
    await store().merge(table, [put(table, 1, ['a', ['b']])]);
    const turned: TableShape = { ...table, columns: table.columns.toReversed() };
    expect(await valuesOf(store(), turned, [1])).toEqual([[['b'], 'a']]);
  });

  it('takes as many columns as a table may have, and any choice of them', async () => {
    const table = newTable(Array.from({ length: columnsPerTableMax }, () => text));
    await active(store(), table);
    const rows = Array.from({ length: 100 }, (_, row) =>
      put(
        table,
        row,
        table.columns.map((_, i) => ((i * 7 + row) % (row + 1) === 0 ? `${row} ${i}` : undefined)),
      ),
    );
    await store().merge(table, rows);
    const keys = rows.map(({ key }) => key);
    expect(await store().get(table, keys)).toEqual(rows);
    await store().merge(
      table,
      keys.map((key) => operationState({ delete: true }, '2', table.columns, key)),
    );
    expect(await valuesOf(store(), table, keys)).toEqual(keys.map(() => undefined));
  });

  it('takes a table without columns', async () => {
    const table = newTable([]);
    await active(store(), table);
    expect(await store().merge(table, [put(table, 1, [])])).toEqual([true]);
    expect(await store().merge(table, [put(table, 1, [], '0')])).toEqual([false]);
    expect(await valuesOf(store(), table, [1, 2])).toEqual([[], undefined]);
  });
}

function describeReads(store: () => RowStore): void {
  it('gets rows in the order of the keys, as often as they are asked for', async () => {
    const table = newTable([text]);
    await active(store(), table);
    await store().merge(
      table,
      [1, 2, 3].map((key) => put(table, key, [`row ${key}`])),
    );
    expect(await valuesOf(store(), table, [3, 9, 1, 3])).toEqual([['row 3'], undefined, ['row 1'], ['row 3']]);
    expect(await store().get(table, [])).toEqual([]);
  });

  it('scans all rows once, those of tombstones too, while others are written', async () => {
    const table = newTable([text]);
    await active(store(), table);
    const keys = Array.from({ length: 2_500 }, (_, i) => i * 3);
    await store().merge(
      table,
      keys.map((key) => put(table, key, ['a'])),
    );
    await store().merge(table, [operationState({ delete: true }, '2', table.columns, 3)]);
    const found: RowKey[] = [];
    for await (const state of store().scan(table)) {
      if (found.length === 0) await store().merge(table, [put(table, keys.at(-1)!, ['b'], '2')]);
      found.push(state.key);
      if (state.key === 3) expect(state.tombstone).toBe('2');
    }
    expect(found.toSorted((a, b) => Number(a) - Number(b))).toEqual(keys);
  });
}

function newTableId(): TableId {
  tables += 1;
  return `T${tables}` as TableId;
}

function newTable(types: readonly ColumnType[], keyType: KeyType = 'id'): TableShape {
  const columns = types.map((type, i): Column => ({ id: `c${i + 1}` as ColumnId, name: `n${i + 1}`, type }));
  return { id: newTableId(), keyType, columns };
}

/** The table with one more column, whose id it never had. */
function withColumn(table: TableShape, type: ColumnType): TableShape {
  return { ...table, columns: [...table.columns, { id: 'c900' as ColumnId, name: 'n900', type }] };
}

async function active(store: RowStore, table: TableShape): Promise<void> {
  await store.create(table);
  await waitUntil(`the store of ${table.id} is active`, async () =>
    (await store.status(table.id)) === 'active' ? true : undefined,
  );
}

function put({ columns }: TableShape, key: RowKey, values: readonly MappedValue[], stamp = '1'): RowState {
  const byName = Object.fromEntries(columns.map(({ name }, i) => [name, values[i]]));
  return operationState({ put: byName }, stamp, columns, key);
}

async function valuesOf(store: RowStore, table: TableShape, keys: readonly RowKey[]) {
  const states = await store.get(table, keys);
  return states.map((state) => (state && visibleRow(state, table.columns))?.values);
}

/** Joins a state into the model. @returns whether the model changed */
function mergeInto(model: Map<RowKey, RowState>, state: RowState): boolean {
  const before = model.get(state.key);
  const after = before ? mergeRows(before, state) : state;
  model.set(state.key, after);
  return before === undefined || !sameState(before, after);
}

async function expectRows(store: RowStore, table: TableShape, model: ReadonlyMap<RowKey, RowState>): Promise<void> {
  const keys = [...model.keys()];
  const states = await store.get(table, keys);
  const scanned = await Array.fromAsync(store.scan(table));
  expect(scanned).toHaveLength(keys.length);
  for (const state of [...states, ...scanned]) expect(sameState(state!, model.get(state!.key)!)).toBe(true);
}
