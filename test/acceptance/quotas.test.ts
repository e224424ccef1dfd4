import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, type RecordsAnswer, signInTo } from '../support/headgate-api.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

const overRateCode = 'ProvisionedThroughputExceededException';

/** Slow enough that no pause of the machine brings a burst back between two requests of a case. */
const quota = { records_per_second: 1, burst_seconds: 60 };

describe('a quota', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  let sinkId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'items', false, { n: { type: 'int' } });
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'n', path: ['n'] },
    ];
    sinkId = (await api.createSink(databaseId, 'items', items, true)).id;
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  const rows = (first: number, count: number) => Array.from({ length: count }, (_, i) => ({ id: first + i, n: i }));
  const send = (version: string, first: number, count: number, headers = {}) =>
    api.post<RecordsAnswer>(
      `/${version}/sinks/${sinkId}`,
      { records: rows(first, count).map((value) => ({ value })) },
      { headers },
    );

  it('holds from the next request on, is answered as FeatureBase does, recovers, and ends with its DELETE', async () => {
    const path = `/v2/sinks/${sinkId}/quota`;
    await api.load(sinkId, rows(0, 100));
    expectStatus(await api.request('PUT', path, { body: quota }), 200);
    const taken = await send('v2', 1_000, 60);
    expect(taken).toMatchObject({ status: 200, body: { success_count: 60 } });
    expect(taken.headers.get('ratelimit-limit')).toBe('60');
    expect(taken.headers.get('ratelimit-policy')).toContain('60;w=60');
    for (const version of ['v1', 'v2']) {
      const refused = await send(version, 2_000, 50, { 'Idempotency-Key': `over-${version}` });
      expect(refused).toMatchObject({ status: 200, body: { success_count: 0, error_count: 50 } });
      expect(refused.body.records.map((record) => record.error_code)).toEqual(Array(50).fill(overRateCode));
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('x-headgate-receipt')).toBeNull();
    }
    // Faster, and full from its beginning.
    expectStatus(await api.request('PUT', path, { body: { records_per_second: 20, burst_seconds: 1 } }), 200);
    expect(await send('v2', 3_000, 20)).toMatchObject({ body: { success_count: 20 } });
    await waitUntil('the quota lets records in again', async () => {
      const answer = await send('v1', 4_000, 20, { 'Idempotency-Key': 'over-v1' });
      return answer.body.success_count === 20 ? answer : undefined;
    });
    expectStatus(await api.delete(path), 200);
    const free = await send('v2', 5_000, 1_000);
    expect(free).toMatchObject({ status: 200, body: { success_count: 1_000 } });
    expect(free.headers.get('ratelimit-limit')).toBeNull();
    await api.visible(free);
    await waitUntil('all that was taken is there', async () => {
      const [row] = await api.select(databaseId, 'select count(*) as rows from items');
      return Number(row!['rows']) === 100 + 60 + 20 + 20 + 1_000 ? row : undefined;
    });
    const [refusedRows] = await api.select(
      databaseId,
      'select count(*) as n from items where _id >= 2000 and _id < 3000',
    );
    expect(Number(refusedRows!['n'])).toBe(0);
  });

  it('is a limit of its own beside those that GET /v2/limits lists', async () => {
    const { body } = expectStatus(await api.get<{ limits: { name: string; value: unknown }[] }>('/v2/limits'), 200);
    const byName = new Map(body.limits.map(({ name, value }) => [name, value]));
    const max = Number(byName.get('records_per_request'));
    expect((await send('v2', 10_000, max + 1)).status).toBe(413);
  });
});
