import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import type { TableId } from '../../lambdas/domain/ids.ts';
import { mergeRows } from '../../lambdas/domain/merge.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import { sampleColumns } from '../property/row-arbitraries.ts';
import { operationState } from '../support/row-history.ts';
import { expectMergeRule } from './row-store-merge-suite.ts';
import { expectRowsApart, rowStoreSuite } from './row-store-suite.ts';
import { active, newTable, put, valuesOf, withColumn } from './row-store-tables.ts';

type Store = ReturnType<typeof makeSqliteRowStore>;

function openDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'headgate-rows-'));
  const stores: Store[] = [];
  return {
    directory,
    make(): Store {
      const store = makeSqliteRowStore(directory);
      stores.push(store);
      return store;
    },
    async close(): Promise<void> {
      for (const store of stores) store.close();
      rmSync(directory, { recursive: true });
    },
  };
}

rowStoreSuite('the SQLite row store', openDirectory);

describe('the SQLite row store, in its files', () => {
  let opened: ReturnType<typeof openDirectory>;
  let store: Store;
  beforeEach(() => {
    opened = openDirectory();
    store = opened.make();
  });
  afterEach(() => opened.close());

  const table = newTable([{ type: 'string' }, { type: 'stringset' }]);
  /** What the file holds of the one row of a table, less what is empty. */
  function stored({ id }: TableShape) {
    const file = new DatabaseSync(fileOf(id), { readOnly: true });
    const row = file.prepare('SELECT * FROM rows').get()!;
    file.close();
    return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '' && value !== null));
  }
  const fileOf = (id: string) => join(opened.directory, `${id}.db`);

  it('has all rows after it was closed and opened again, and answers nothing in between', async () => {
    await store.create(table);
    await store.merge(table, [put(table, 1, ['a', ['b']])]);
    store.close();
    await expect(store.get(table, [1])).rejects.toThrow('closed');
    expect(await valuesOf(opened.make(), table, [1])).toEqual([['a', ['b']]]);
  });

  it('stores nothing of a batch that fails, and forgets the columns that came with it', async () => {
    await store.create(table);
    await store.merge(table, [put(table, 1, ['a'])]);
    const wider = withColumn(table, { type: 'string' });
    const bad = { ...put(table, 9, []), cells: [{ stamp: '2', value: {} }] } as unknown as RowState;
    await expect(store.merge(wider, [put(wider, 1, ['b', undefined, 'c'], '2'), bad])).rejects.toThrow();
    expect(await valuesOf(store, wider, [1, 9])).toEqual([['a', null, null], undefined]);
    await store.merge(wider, [put(wider, 1, ['b', undefined, 'c'], '2')]);
    expect(await valuesOf(store, wider, [1])).toEqual([['b', null, 'c']]);
  });

  it('lets an empty table change its kind of key, and refuses it where there are rows', async () => {
    const byId = newTable([{ type: 'string' }]);
    const byText: TableShape = { ...byId, keyType: 'string' };
    await active(store, byId);
    expect(await store.get(byText, ['k'])).toEqual([undefined]);
    await store.merge(byText, [put(byText, 'k', ['a'])]);
    expect(await valuesOf(store, byText, ['k'])).toEqual([['a']]);
    await expect(store.merge(byId, [put(byId, 1, ['a'])])).rejects.toThrow('keyed by string');
    expect(await valuesOf(store, byText, ['k'])).toEqual([['a']]);
  });

  it('takes an empty text as a key, which DynamoDB can not', async () => {
    await expectRowsApart(store, 'string', ['', 'a', 'a\0']);
    await expectMergeRule(store, 'string', fc.constantFrom<RowKey>('', 'a', 'a\0'), sampleColumns);
  });

  it('leaves nothing of a deleted row but its tombstone', async () => {
    await store.create(table);
    await store.merge(table, [put(table, 1, ['secret', ['secret']])]);
    await store.merge(table, [operationState({ delete: true }, '2', table.columns)]);
    expect(stored(table)).toEqual({ key: 1, tombstone: '2' });
  });

  it('stores one stamp for a row that was written whole, whatever it was before', async () => {
    const texts = newTable([{ type: 'string' }, { type: 'string' }]);
    await store.create(texts);
    await store.merge(texts, [put(texts, 1, ['a'], '1')]);
    await store.merge(texts, [put(texts, 1, [undefined, 'b'], '2')]);
    expect(stored(texts)).toEqual({ key: 1, exists: '2', 'v:c1': 'a', 's:c1': '1', 'v:c2': 'b' });
    await store.merge(texts, [put(texts, 1, ['c', 'd'], '3')]);
    expect(stored(texts)).toEqual({ key: 1, exists: '3', 'v:c1': 'c', 'v:c2': 'd' });
    await store.merge(texts, [mergeRows(put(texts, 1, ['e'], '4'), put(texts, 1, [undefined, 'f'], '5'))]);
    expect(stored(texts)).toEqual({ key: 1, exists: '5', 'v:c1': 'e', 's:c1': '4', 'v:c2': 'f' });
  });

  it('makes a table anew where its making or its dropping was cut short', async () => {
    new DatabaseSync(fileOf(table.id)).close();
    expect(await store.status(table.id)).toBe('absent');
    await store.create(table);
    await store.merge(table, [put(table, 1, ['a'])]);
    rmSync(fileOf(table.id));
    expect(await store.status(table.id)).toBe('absent');
    await store.create(table);
    expect(await valuesOf(store, table, [1])).toEqual([undefined]);
  });

  it('removes all files of a dropped table', async () => {
    await store.create(table);
    await opened.make().merge(table, [put(table, 1, ['a'])]);
    expect(await readdir(opened.directory)).not.toEqual([]);
    await store.drop(table.id);
    expect(await readdir(opened.directory)).toEqual([]);
  });

  it('reads and writes more tables than it keeps open', async () => {
    const many = Array.from({ length: 120 }, () => newTable([{ type: 'string' }]));
    for (const one of many) {
      await store.create(one);
      await store.merge(one, [put(one, 1, [one.id])]);
    }
    for (const one of many) expect(await valuesOf(store, one, [1])).toEqual([[one.id]]);
    const openFiles = (await readdir('/proc/self/fd').catch(() => [])).length;
    expect(openFiles).toBeLessThan(400);
  });

  it.each(['../x', 'a/b', '', 'a.b'])('refuses the table id %j, which would be another file', async (id) => {
    await expect(store.create({ ...table, id: id as TableId })).rejects.toThrow(RangeError);
    await expect(store.drop(id as TableId)).rejects.toThrow(RangeError);
  });
});
