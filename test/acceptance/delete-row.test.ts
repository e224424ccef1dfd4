import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { type StoredRecordsApi, storedRecordsOf } from '../support/stored-records-api.ts';

jest.setTimeout(180_000);

describe('DELETE of a row by its key', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let stored: StoredRecordsApi;
  let databaseId: string;
  const sinks: Record<string, string> = {};
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    stored = storedRecordsOf(api);
    databaseId = await api.createDatabase();
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  async function newSink(table: string, keys: boolean): Promise<string> {
    await api.createTable(databaseId, table, keys, { n: { type: 'int' } });
    const items = ['_id', 'n'].map((name) => ({ name, path: [name === '_id' ? 'id' : name] }));
    return (await api.createSink(databaseId, table, items, true)).id;
  }
  const pathOf = (table: string, key: string) => `/v2/tables/${databaseId}/${table}/rows/${encodeURIComponent(key)}`;
  const remove = (table: string, key: string, status: number, query = '') =>
    stored.call<{ id: string; state: string }>('deleteRow', status, 'DELETE', pathOf(table, key) + query);

  it('takes it from queries and reads once the receipt is visible; what comes later makes it again', async () => {
    const sinkId = await newSink('numbered', false);
    await api.load(sinkId, [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
    ]);
    const receipt = await remove('numbered', '1', 202);
    expect(receipt).toMatchObject({ state: 'queued', received: 1, accepted: 1 });
    expect(receipt).not.toHaveProperty('sink_id');
    await api.visibleAt(receipt.id);
    expect(await api.select(databaseId, 'select * from numbered')).toEqual([{ _id: 2, n: 2 }]);
    expect((await api.get(pathOf('numbered', '1'))).status).toBe(404);
    await api.load(sinkId, [{ id: 1 }]);
    expect(await api.select(databaseId, 'select * from numbered where _id = 1')).toEqual([{ _id: 1, n: null }]);
  });

  it('waits for that where it is asked to', async () => {
    const sinkId = await newSink('waited', false);
    await api.load(sinkId, [{ id: 7, n: 7 }]);
    expect(await remove('waited', '7', 200, '?ack=visible')).toMatchObject({ state: 'visible', written: 1 });
    expect(await api.select(databaseId, 'select * from waited')).toEqual([]);
    expect(await remove('waited', '8', 200, '?ack=visible')).toMatchObject({ state: 'visible' });
  });

  it.each(['plain', 'a/key with:odd|chars?&é', '100%', '7'])('knows the text %s', async (key) => {
    const table = 'named';
    sinks[table] ??= await newSink(table, true);
    const sinkId = sinks[table];
    await api.load(sinkId, [
      { id: key, n: 1 },
      { id: `${key}2`, n: 2 },
    ]);
    await remove(table, key, 200, '?ack=visible');
    const rows = await api.select(databaseId, `select * from ${table}`);
    expect(rows.filter(({ _id: id }) => id === key || id === `${key}2`)).toEqual([{ _id: `${key}2`, n: 2 }]);
  });

  it('needs a version where producers have a clock of their own', async () => {
    const table = {
      name: 'versioned',
      options: { keys: false, version: 'number' },
      columns: [{ name: 'n', type: 'int' }],
    };
    await stored.call('createTable', 201, 'POST', `/v2/tables/${databaseId}`, table);
    const items = [
      { name: '_id', path: ['id'] },
      { name: '_version', path: ['v'] },
      { name: 'n', path: ['n'] },
    ];
    const { id: sinkId } = await api.createSink(databaseId, 'versioned', items, true);
    await api.load(sinkId, [
      { id: 1, n: 1, v: 10 },
      { id: 2, n: 2, v: 20 },
    ]);
    await remove('versioned', '1', 400);
    await remove('versioned', '1', 200, '?version=15&ack=visible');
    await remove('versioned', '2', 200, '?version=15&ack=visible');
    await api.load(sinkId, [{ id: 1, n: 5, v: 12 }]);
    expect(await api.select(databaseId, 'select * from versioned')).toEqual([{ _id: 2, n: 2 }]);
  });

  it('refuses what names no row or no table', async () => {
    await newSink('refusing', false);
    await remove('refusing', 'seven', 400);
    await remove('refusing', '1', 400, '?version=5');
    await remove('nowhere', '1', 404);
  });
});
