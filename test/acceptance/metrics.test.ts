import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

interface Metrics {
  readonly resources: readonly {
    readonly timestamp: string;
    readonly ingest_rate: number;
    readonly request_rate: number;
    readonly error_rate: number;
    readonly bytes: number;
  }[];
  readonly complete: boolean;
}

describe('the metrics of a sink', () => {
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

  it('sum up to what was sent, each request in its minute and once, also one of no good record', async () => {
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'n', path: ['n'] },
    ];
    const { id } = await api.createSink(databaseId, 'items', items, true);
    const read = async (version: string, query = '') =>
      expectStatus(await api.get<Metrics>(`/${version}/sinks/${id}/metrics${query}`), 200).body;
    expect(await read('v2')).toEqual({ resources: [], complete: true });
    const keyed = { records: [{ value: { id: 1, n: 1 } }, { value: { id: 2, n: 'x' } }] };
    const posts = [
      ...Array.from({ length: 20 }, (_, i) => ({
        records: Array.from({ length: 30 }, (_, k) => ({ value: { id: k, n: k % 10 === 0 ? 'x' : i } })),
      })),
      { records: [{ value: { id: 'none' } }] },
    ];
    const answers = await Promise.all(posts.map((body) => api.post(`/v2/sinks/${id}`, body)));
    const headers = { 'Idempotency-Key': 'metrics' };
    for (const _ of [1, 2]) answers.push(await api.post(`/v2/sinks/${id}`, keyed, { headers }));
    for (const answer of answers) expectStatus(answer, 200);
    const tooMany = { records: Array.from({ length: 1_001 }, (_, k) => ({ value: { id: k } })) };
    expectStatus(await api.post(`/v2/sinks/${id}`, tooMany), 413);
    const total = { ingest_rate: 20 * 27 + 1, request_rate: 22, error_rate: 20 * 3 + 1 + 1 };
    const summed = await waitUntil('the metrics show what was sent', async () => {
      const sum = sumOf(await read('v2'));
      return sum.request_rate >= total.request_rate ? sum : undefined;
    });
    const bytes = [...posts, keyed].reduce((sum, body) => sum + Buffer.byteLength(JSON.stringify(body)), 0);
    expect(summed).toEqual({ ...total, bytes });
    expect(sumOf(await read('v1'))).toEqual(summed);
    expect(sumOf(await read('v2', '?resolution=hour'))).toEqual(summed);
    const { resources } = await read('v2');
    expect(resources.map(({ timestamp }) => timestamp)).toEqual(resources.map(({ timestamp }) => timestamp).toSorted());
    const first = Date.parse(resources[0]!.timestamp);
    const before = `?from=${new Date(first - 60_000).toISOString()}&to=${resources[0]!.timestamp}`;
    expect(await read('v2', before)).toEqual({ resources: [], complete: true });
  });
});

function sumOf({ resources, complete }: Metrics) {
  expect(complete).toBe(true);
  const sum = (of: 'ingest_rate' | 'request_rate' | 'error_rate' | 'bytes') =>
    resources.reduce((total, point) => total + point[of], 0);
  const rates = { ingest_rate: sum('ingest_rate'), request_rate: sum('request_rate'), error_rate: sum('error_rate') };
  return { ...rates, bytes: sum('bytes') };
}
