import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { gone, type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import type { Answer } from '../support/http-client.ts';

jest.setTimeout(120_000);

const items = [
  { name: '_id', path: ['id'] },
  { name: 'n', path: ['n'] },
];

describe('a sink that is being deleted', () => {
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

  it('takes no more records, and what it took before becomes visible', async () => {
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
