import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TenantId } from '../../../lambdas/domain/ids.ts';
import { quotaBurstSecondsDefault, quotaBurstSecondsMax, quotaRateMax } from '../../../lambdas/domain/limits.ts';
import { hashPassword } from '../../../lambdas/use-cases/check-password.ts';
import { type Client, type HttpPlace, openHttpPlace, password, stranger, username } from '../../support/http-place.ts';

const none = {
  records_per_second: null,
  bytes_per_second: null,
  requests_per_second: null,
  burst_seconds: null,
  set_at: null,
  set_by: null,
};
const overRateCode = 'ProvisionedThroughputExceededException';
/** Somebody of the first tenant who is no administrator. */
const colleague = 'cas@example.com';

describe('quotas', () => {
  let place: HttpPlace;
  let ann: Client;
  /** Stands still until a test moves it. */
  let nowMs = Date.now();
  let sinks = 0;
  let databaseId: string;
  let sinkId: string;
  beforeAll(async () => {
    place = await openHttpPlace({ clock: { now: () => nowMs } });
    const { catalog, ids } = place.ports;
    const { tenantId } = (await catalog.findUserByEmail(username))!;
    await catalog.createUser({
      id: ids.next(),
      tenantId: tenantId as TenantId,
      email: colleague,
      passwordHash: await hashPassword(password),
      role: 'User',
      state: 'Active',
      createdAt: '2026-01-01T00:00:00.000Z',
      revision: 1,
    });
    ann = await place.as(username);
    databaseId = (await ann('POST', '/v2/databases', { name: 'data' })).json.id;
    await ann('POST', `/v2/tables/${databaseId}`, { name: 'things', columns: [{ name: 'size', type: 'int' }] });
  });
  beforeEach(async () => {
    sinks += 1;
    const { json } = await ann('POST', '/v2/sinks', {
      name: `in${sinks}`,
      sink_details: { database_id: databaseId, table: 'things' },
      schema: { id_field: '_id', allow_missing_fields: true, definition: [{ name: '_id' }, { name: 'size' }] },
    });
    sinkId = json.id;
  });
  afterAll(() => place.close());

  const records = (count: number) => ({ records: Array.from({ length: count }, (_, _id) => ({ value: { _id } })) });
  const send = (count: number, version = 'v2', headers = {}) =>
    ann('POST', `/${version}/sinks/${sinkId}`, records(count), headers);
  const setQuota = (body: object) => ann('PUT', `/v2/sinks/${sinkId}/quota`, body);

  it.each(['/v2/quota', 'sink'])('of %s are off unless set, set, shown, and taken away', async (of) => {
    const path = of === 'sink' ? `/v2/sinks/${sinkId}/quota` : of;
    expect((await ann('GET', path)).json).toEqual(none);
    const asked = { records_per_second: 5_000_000, bytes_per_second: 9_000_000 };
    const set = await ann('PUT', path, asked);
    const shown = { ...asked, requests_per_second: null, burst_seconds: quotaBurstSecondsDefault, set_by: username };
    expect(set).toMatchObject({ statusCode: 200, json: { ...shown, set_at: expect.any(String) } });
    expect((await ann('GET', path)).json).toEqual(set.json);
    // What GET shows, PUT takes back.
    expect((await ann('PUT', path, set.json)).json).toMatchObject(shown);
    expect(await ann('DELETE', path)).toMatchObject({ statusCode: 200, json: none });
    expect(await ann('DELETE', path)).toMatchObject({ statusCode: 200, json: none });
    expect((await ann('GET', path)).json).toEqual(none);
  });

  it.each([
    ['nothing', {}, 'MissingParameter'],
    ['nothing but null', { records_per_second: null }, 'MissingParameter'],
    ['no rate', { burst_seconds: 5 }, 'MissingParameter'],
    ['zero', { records_per_second: 0 }, 'InvalidParameter'],
    ['a fraction', { records_per_second: 1.5 }, 'InvalidParameter'],
    ['text', { requests_per_second: '5' }, 'InvalidParameter'],
    ['too much', { bytes_per_second: quotaRateMax + 1 }, 'InvalidParameter'],
    ['too long a burst', { bytes_per_second: 1, burst_seconds: quotaBurstSecondsMax + 1 }, 'InvalidParameter'],
    ['a misspelt rate', { records_per_second: 1, request_per_second: 1 }, 'InvalidParameter'],
  ])('refuse %s', async (_name, body, code) => {
    expect(await setQuota(body)).toMatchObject({ statusCode: 400, json: { code } });
    expect((await ann('GET', `/v2/sinks/${sinkId}/quota`)).json).toEqual(none);
  });

  it('are changed by administrators of their tenant alone', async () => {
    const cas = await place.as(colleague);
    const bob = await place.as(stranger);
    const path = `/v2/sinks/${sinkId}/quota`;
    const body = { records_per_second: 1 };
    for (const target of [path, '/v2/quota']) {
      expect(await cas('PUT', target, body)).toMatchObject({ statusCode: 403, json: { code: 'Forbidden' } });
      expect(await cas('DELETE', target)).toMatchObject({ statusCode: 403 });
      expect(await cas('GET', target)).toMatchObject({ statusCode: 200, json: none });
    }
    for (const [method, sent] of [['GET'], ['PUT', body], ['DELETE']] as const)
      expect(await bob(method, path, sent)).toMatchObject({ statusCode: 404, json: { code: 'ResourceNotFound' } });
    await bob('PUT', '/v2/quota', body);
    expect((await ann('GET', '/v2/quota')).json).toEqual(none);
    await bob('DELETE', '/v2/quota');
  });

  it.each(['v1', 'v2'])('answer /%s in the words of FeatureBase, and store nothing', async (version) => {
    await setQuota({ records_per_second: 10, burst_seconds: 1 });
    const first = await send(10, version);
    expect(first.json).toMatchObject({ success_count: 10 });
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '10',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '1',
      'ratelimit-policy': '10;w=1;unit="records";of="sink"',
    });
    const depth = await place.queues.queue.depth();
    const over = await send(4, version);
    expect(over.statusCode).toBe(200);
    const item = { status: 'error', error_code: overRateCode, error_message: expect.stringMatching(/quota.* in 1 s/) };
    expect(over.json).toEqual({ success_count: 0, error_count: 4, records: Array(4).fill(item) });
    expect(over.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-limit': '10', 'ratelimit-remaining': '0' });
    expect(over.headers).not.toHaveProperty('x-headgate-receipt');
    expect(await place.queues.queue.depth()).toBe(depth);
    nowMs += 1_000;
    expect((await send(4, version)).json).toMatchObject({ success_count: 4 });
    await ann('DELETE', `/v2/sinks/${sinkId}/quota`);
    const free = await send(1_000, version);
    expect(free.json).toMatchObject({ success_count: 1_000 });
    expect(free.headers).not.toHaveProperty('ratelimit-limit');
  });

  it('count bytes of the body after gzip, and requests', async () => {
    await setQuota({ bytes_per_second: 1_000, requests_per_second: 2, burst_seconds: 1 });
    const body = { records: [], note: 'x'.repeat(900) };
    const post = () => ann('POST', `/v2/sinks/${sinkId}`, body);
    expect((await post()).headers).toMatchObject({ 'ratelimit-policy': expect.stringContaining('unit="bytes"') });
    // Without records there is no place for the code of a record.
    const over = await post();
    expect(over).toMatchObject({
      statusCode: 429,
      json: { code: 'TooManyRequests', details: { quota: 'sink', retry_after_seconds: 1 } },
    });
    expect(over.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-limit': '1000' });
    expect((await send(0)).headers).toMatchObject({ 'ratelimit-remaining': '0' });
    expect((await send(0)).json).toMatchObject({ code: 'TooManyRequests', details: { unit: 'requests' } });
  });

  it('let a request larger than the burst pass, and count it', async () => {
    await setQuota({ records_per_second: 10, burst_seconds: 1 });
    expect((await send(50)).json).toMatchObject({ success_count: 50 });
    const over = await send(1);
    expect(over.json.records[0].error_code).toBe(overRateCode);
    expect(Number(over.headers?.['retry-after'])).toBe(5);
    nowMs += 5_000;
    expect((await send(1)).json).toMatchObject({ success_count: 1 });
  });

  it('bind no Idempotency-Key, and never refuse what was taken under one', async () => {
    await setQuota({ records_per_second: 10, burst_seconds: 1 });
    await send(10);
    const key = { 'Idempotency-Key': `k${sinkId}` };
    expect((await send(3, 'v2', key)).json.records[0].error_code).toBe(overRateCode);
    nowMs += 1_000;
    // Another body under the same key: it was not bound.
    const taken = await send(10, 'v2', key);
    expect(taken.json).toMatchObject({ success_count: 10 });
    const repeat = await send(10, 'v2', key);
    expect(repeat.json).toEqual(taken.json);
    expect(repeat.headers?.['x-headgate-receipt']).toBe(taken.headers?.['x-headgate-receipt']);
    expect((await send(10)).json.records[0].error_code).toBe(overRateCode);
  });

  it('of a tenant bound its sinks, within seconds of being set', async () => {
    await send(1);
    await ann('PUT', '/v2/quota', { requests_per_second: 1, burst_seconds: 1 });
    // Known a moment ago that there is none.
    await send(1);
    nowMs += 5_000;
    expect((await send(1)).headers).toMatchObject({ 'ratelimit-policy': '1;w=1;unit="requests";of="tenant"' });
    expect((await send(1)).json.records[0].error_code).toBe(overRateCode);
    const bob = await place.as(stranger);
    expect((await bob('POST', `/v2/sinks/${sinkId}`, records(1))).statusCode).toBe(404);
    await ann('DELETE', '/v2/quota');
    nowMs += 5_000;
    for (let i = 0; i < 3; i += 1) expect((await send(1)).json).toMatchObject({ success_count: 1 });
  });

  it('are on top of limits that nobody can change', async () => {
    const { json } = await ann('GET', '/v2/limits');
    expect(json.limits).toContainEqual(expect.objectContaining({ name: 'records_per_request', value: 1_000 }));
    expect(json.limits).toContainEqual(expect.objectContaining({ name: 'integer_max', value: '9223372036854775807' }));
    const schema = JSON.parse(await readFile('schemas/v2-quota.schema.json', 'utf8')).properties;
    expect(schema.bytes_per_second.maximum).toBe(quotaRateMax);
    expect(schema.burst_seconds).toMatchObject({ maximum: quotaBurstSecondsMax, default: quotaBurstSecondsDefault });
  });
});
