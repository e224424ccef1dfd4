import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, gone, type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import type { Answer } from '../support/http-client.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

const items = [
  { name: '_id', path: ['id'] },
  { name: 'n', path: ['n'] },
];

describe('a sink', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'items', false, { n: { type: 'int' } });
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  it('that has a new schema is RESTARTING until what came before is written, and takes records all the while', async () => {
    await api.createTable(databaseId, 'remapped', false, { n: { type: 'int' } });
    const sink = await api.createSink(databaseId, 'remapped', items, true);
    const path = `/v2/sinks/${sink.id}`;
    const send = (first: number, count: number) =>
      api.send(
        sink.id,
        Array.from({ length: count }, (_, i) => ({ id: first + i, n: 1, m: 2 })),
      );
    const seen = new Set<string>();
    // Whether the state between is met is for the consumer's speed to say; what may follow what is not.
    for (let round = 0; round < 6 && !seen.has('RESTARTING'); round += 1) {
      const first = 50_000_000 + round * 100_000;
      const older = await Promise.all(Array.from({ length: 8 }, (_, i) => send(first + i * 1_000, 1_000)));
      const [n, m] = round % 2 === 0 ? ['n', 'm'] : ['m', 'n'];
      const definition = [items[0]!, { name: 'n', path: [m!] }];
      const schema = { id_field: '_id', allow_missing_fields: true, definition };
      const changed = expectStatus(await api.request('PUT', `${path}/schema`, { body: schema }), 200);
      seen.add((changed.body as { status: string }).status);
      const newer = await send(first + 50_000, 1);
      expect(newer).toMatchObject({ status: 200, body: { success_count: 1 } });
      await waitUntil('the sink is ACTIVE', async () => {
        const { status } = expectStatus(await api.get<{ status: string }>(path), 200).body;
        seen.add(status);
        return status === 'ACTIVE' || undefined;
      });
      for (const answer of older) {
        const receipt = `/v2/receipts/${answer.headers.get('x-headgate-receipt')}`;
        expect((await api.get<{ state: string }>(receipt)).body.state).toBe('visible');
      }
      await api.visible(newer);
      const sql = `select n from remapped where _id in (${first}, ${first + 50_000}) order by _id`;
      const value = (field: string) => (field === 'n' ? 1 : 2);
      expect(await api.select(databaseId, sql)).toEqual([{ n: value(n!) }, { n: value(m!) }]);
    }
    for (const status of seen) expect(['RESTARTING', 'ACTIVE']).toContain(status);
    expectStatus(await api.delete(path), 202);
    await gone(api, path);
  });

  it('that is being deleted takes no more records, and what it took before becomes visible', async () => {
    let expectedRows = 0;
    let refused: Answer | undefined;
    // A sink whose queue is drained is gone at once; more waiting batches make the state between more likely to be met.
    for (let round = 1; round <= 6 && refused?.status !== 409; round++) {
      const sink = await api.createSink(databaseId, 'items', items, true);
      const posts = Array.from({ length: 4 * round }, (_, i) => {
        const first = round * 1_000_000 + i * 1_000;
        return api.send(
          sink.id,
          Array.from({ length: 1_000 }, (_, k) => ({ id: first + k, n: k })),
        );
      });
      for (const answer of await Promise.all(posts)) {
        expect(answer).toMatchObject({ status: 200, body: { success_count: 1_000 } });
        expectedRows += 1_000;
      }
      expect((await api.delete(`/v2/sinks/${sink.id}`)).status).toBe(202);
      refused = await api.post(`/v2/sinks/${sink.id}`, { records: [{ value: { id: round } }] });
      expect([404, 409]).toContain(refused.status);
      await gone(api, `/v2/sinks/${sink.id}`);
    }
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'IncorrectState', message: expect.stringContaining('DELETING') },
    });
    expect(await api.select(databaseId, 'select count(*) as rows, count(distinct _id) as ids from items')).toEqual([
      { rows: expectedRows, ids: expectedRows },
    ]);
  });
});
