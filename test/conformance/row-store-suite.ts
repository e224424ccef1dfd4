import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import { columnsPerTableMax } from '../../lambdas/domain/limits.ts';
import type { MappedValue } from '../../lambdas/domain/outcome.ts';
import type { RowKey } from '../../lambdas/domain/row.ts';
import type { KeyType, TableShape } from '../../lambdas/domain/table.ts';
import type { RowStore } from '../../lambdas/ports/row-store.ts';
import { operationState } from '../support/row-history.ts';
import { describeLimit } from './row-store-limit-suite.ts';
import { describeMergeRule } from './row-store-merge-suite.ts';
import { active, newTable, put, valuesOf, withColumn } from './row-store-tables.ts';

export interface RowStoreHarness {
  /** A store; each call makes another over the same rows. */
  make(): RowStore;
  /** Closes all stores and removes the rows. */
  close(): Promise<void>;
}

const text: ColumnType = { type: 'string' };

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
    describeLimit(
      () => store,
      () => harness.make(),
    );
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

  it('refuses rows of another kind of key than those that are there', async () => {
    const store = harness().make();
    const byText = newTable([text], 'string');
    const byId: TableShape = { ...byText, keyType: 'id' };
    await active(store, byText);
    await store.merge(byText, [put(byText, 'k', ['a'])]);
    await expect(store.merge(byId, [put(byId, 1, ['a'])])).rejects.toThrow('keyed by string');
    expect(await valuesOf(store, byText, ['k'])).toEqual([['a']]);
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
    ['string', ['a', 'A', 'a\0', 'a\0b', 'a|b', '1', '01', 'é', '\uffff', '\u{1f600}', 'x'.repeat(2_048)]],
  ])('tells rows apart by keys of type %s', (keyType, keys) => expectRowsApart(store(), keyType, keys));
}

/** That a store keeps a row for each of the keys. */
export async function expectRowsApart(store: RowStore, keyType: KeyType, keys: readonly RowKey[]): Promise<void> {
  const table = newTable([text], keyType);
  await active(store, table);
  const rows = keys.map((key, i) => put(table, key, [`row ${i}`]));
  await store.merge(table, rows);
  expect(await store.get(table, keys)).toEqual(rows);
  const scanned = await Array.fromAsync(store.scan(table));
  expect(new Set(scanned.map(({ key }) => key))).toEqual(new Set(keys));
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
    expect(await store().merge(table, [put(table, 1, [])])).toEqual(['changed']);
    expect(await store().merge(table, [put(table, 1, [], '0')])).toEqual(['unchanged']);
    expect(await store().merge(table, [operationState({ delete: true }, '3', [], 2)])).toEqual(['changed']);
    expect(await store().merge(table, [put(table, 2, [], '2')])).toEqual(['unchanged']);
    expect(await valuesOf(store(), table, [1, 2, 3])).toEqual([[], undefined, undefined]);
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
