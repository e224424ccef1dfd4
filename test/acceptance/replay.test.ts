import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type FieldItem, type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { type StoredRecordsApi, storedRecordsOf } from '../support/stored-records-api.ts';

jest.setTimeout(240_000);

const itemsOf = (fields: Readonly<Record<string, string>>): FieldItem[] =>
  Object.entries(fields).map(([name, field]) => ({ name, path: [field] }));

describe('the archive of a sink', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let stored: StoredRecordsApi;
  let databaseId: string;
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

  async function newSink(table: string, fields: Readonly<Record<string, string>>): Promise<string> {
    const columns = { n: { type: 'int' }, note: { type: 'mutex', keys: true }, tags: { type: 'set', keys: true } };
    await api.createTable(databaseId, table, false, columns);
    return (await api.createSink(databaseId, table, itemsOf(fields), true)).id;
  }

  it('has each request as it was sent, byte for byte, oldest first', async () => {
    const sinkId = await newSink('kept', { _id: 'id', n: 'n' });
    const bodies = [
      '{"records":[{"value":{"id":1,"n":9007199254740993}}]}',
      ' {"records" : [ {"value":{"id":2,"text":"grün 😀 \\u0000"}},\n{"value":{"id":"x"}}] }\r\n',
      `{"records":[{"value":{"id":3,"text":"${'long ü '.repeat(40_000)}"}}]}`,
    ];
    const receipts: string[] = [];
    for (const body of bodies) {
      const answer = expectStatus(await api.post(`/v2/sinks/${sinkId}`, body), 200);
      await api.visible(answer);
      receipts.push(answer.headers.get('x-headgate-receipt')!);
    }
    const { resources } = await stored.archive(sinkId);
    expect(resources.map(({ receipt_id: id, records, bytes }) => [id, records, bytes])).toEqual(
      bodies.map((body, i) => [receipts[i], i === 1 ? 2 : 1, Buffer.byteLength(body)]),
    );
    for (const [i, { id, mapping_revisions: revisions }] of resources.entries()) {
      expect(revisions).toEqual([1]);
      const answer = expectStatus(await api.get(`/v2/sinks/${sinkId}/archive/${id}`), 200);
      expect(answer.text).toBe(bodies[i]);
    }
    const page = await stored.archive(sinkId, '?limit=2');
    const rest = await stored.archive(sinkId, `?limit=2&after=${page.next}`);
    expect([...page.resources, ...rest.resources]).toEqual(resources);
    await stored.call('getArchivedBody', 404, 'GET', `/v2/sinks/${sinkId}/archive/none`);
  });

  it('replayed under a mended schema mends the rows, and later writes stay', async () => {
    const sinkId = await newSink('mended', { _id: 'id', n: 'wrong', note: 'note', tags: 'wrong_tags' });
    await api.load(sinkId, [
      { id: 1, wrong: 1, right: 10, note: 'a', wrong_tags: ['x', 'y'], tags: ['y', 'z'] },
      { id: 2, wrong: 2, right: 20, note: 'b' },
      { id: 3, wrong: 3 },
    ]);
    await api.load(sinkId, [{ id: 4, wrong: 4, right: 'forty' }]);
    const [, second] = (await stored.archive(sinkId)).resources;
    await stored.remap(sinkId, itemsOf({ _id: 'id', n: 'right', tags: 'tags' }));
    await api.load(sinkId, [{ id: 2, right: 99 }]);
    expect((await api.get<{ mapping_revision: number }>(`/v2/sinks/${sinkId}`)).body.mapping_revision).toBe(2);

    const request = { from: 'archive', accepted_to: second!.accepted_at };
    expect(await stored.tryReplay(sinkId, { from: 'archive', ids: [second!.id] })).toMatchObject({
      ...{ received: 1, accepted: 0, rejected: 1, complete: true },
      reasons: [{ reason: 'wrong_type', records: 1, first: { pointer: '/value/right' } }],
    });
    expect((await api.select(databaseId, 'select n from mended order by _id')).map(({ n }) => n)).toEqual([
      1, 99, 3, 4,
    ]);

    const expected = { state: 'completed', batches: 1, received: 3, accepted: 3, rejected: 0 };
    expect(await stored.replay(sinkId, request)).toMatchObject(expected);
    const rows = [
      { _id: 1, n: 10, note: null, tags: ['y', 'z'] },
      { _id: 2, n: 99, note: null, tags: null },
      { _id: 3, n: null, note: null, tags: null },
      { _id: 4, n: 4, note: null, tags: null },
    ];
    expect(await api.select(databaseId, 'select * from mended order by _id')).toEqual(rows);
    const again = await stored.replay(sinkId, request);
    expect(again).toMatchObject({ ...expected, written: 0, superseded: 3 });
    expect(await api.select(databaseId, 'select * from mended order by _id')).toEqual(rows);
    expect((await stored.archive(sinkId)).resources[0]!.mapping_revisions).toEqual([1, 2]);
    const { resources } = await stored.call<{ resources: object[] }>(
      'listReplays',
      200,
      'GET',
      `/v2/sinks/${sinkId}/replays`,
    );
    expect(resources.at(0)).toEqual(again);
    expect(resources).toHaveLength(2);
  });

  it('replayed into another sink fills its table', async () => {
    const sinkId = await newSink('from_here', { _id: 'id', n: 'n' });
    const into = await newSink('to_there', { _id: 'id', note: 'n' });
    await api.load(sinkId, [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
    ]);
    expect(await stored.replay(sinkId, { from: 'archive', into })).toMatchObject({ state: 'completed', written: 2 });
    expect(await api.select(databaseId, 'select _id, n, note from to_there order by _id')).toEqual([
      { _id: 1, n: null, note: '1' },
      { _id: 2, n: null, note: '2' },
    ]);
  });

  it('is replayed neither into a sink that is not there, nor by what chooses nothing', async () => {
    const sinkId = await newSink('refused', { _id: 'id' });
    const path = `/v2/sinks/${sinkId}/replays`;
    for (const body of [
      { from: 'archive', into: 'none' },
      { from: 'archive', reason: 'wrong_type' },
      { from: 'quarantine', reason: 'bad_mood' },
      { from: 'archive', accepted_from: '2026-11-24T10:00:00Z', accepted_to: '2026-11-24T09:00:00Z' },
      { from: 'archive', accepted_to: 'tomorrow' },
      { from: 'archive', ids: [] },
      { from: 'memory' },
      {},
    ]) {
      const answer = await api.post(path, body);
      expect([body, Math.floor(answer.status / 100)]).toEqual([body, 4]);
    }
    expect(await stored.call('listReplays', 200, 'GET', path)).toEqual({ resources: [] });
    for (const [operation, method] of [
      ['getReplay', 'GET'],
      ['cancelReplay', 'DELETE'],
    ] as const)
      await stored.call(operation, 404, method, `${path}/none`);
    const ended = await stored.replay(sinkId, { from: 'archive', accepted_to: '0001-01-01T00:00:00Z' });
    expect(ended).toMatchObject({ state: 'completed', received: 0 });
    expect(await stored.call('cancelReplay', 200, 'DELETE', `${path}/${ended.id}`)).toEqual(ended);
  });
});
