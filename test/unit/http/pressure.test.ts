import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isDiskFull } from '../../../lambdas/adapters/embedded/disk-full.ts';
import type { Pressure } from '../../../lambdas/ports/pressure.ts';
import { type Client, type HttpPlace, openHttpPlace, username } from '../../support/http-place.ts';

describe('a place under pressure', () => {
  let place: HttpPlace;
  let ann: Client;
  let sinkId: string;
  let pressure: Pressure | undefined;
  let writeFails: Error | undefined;
  const paused: number[] = [];
  beforeAll(async () => {
    place = await openHttpPlace({
      pressure: { check: () => pressure },
      pause: async (ms) => void paused.push(ms),
      isOverload: isDiskFull,
    });
    const { take } = place.ports.intake;
    Object.assign(place.ports.intake, {
      take: (...args: Parameters<typeof take>) => (writeFails ? Promise.reject(writeFails) : take(...args)),
    });
    ann = await place.as(username);
    const databaseId = (await ann('POST', '/v2/databases', { name: 'data' })).json.id;
    await ann('POST', `/v2/tables/${databaseId}`, { name: 'things', columns: [] });
    const sink = await ann('POST', '/v2/sinks', {
      name: 'in',
      sink_details: { database_id: databaseId, table: 'things' },
      schema: { id_field: '_id', allow_missing_fields: true, definition: [{ name: '_id' }] },
    });
    sinkId = sink.json.id;
  });
  afterEach(() => {
    pressure = undefined;
    writeFails = undefined;
    paused.length = 0;
  });
  afterAll(() => place.close());

  const send = (_id: number, headers = {}) =>
    ann('POST', `/v2/sinks/${sinkId}`, { records: [{ value: { _id } }] }, headers);

  it.each([
    ['a request', {}],
    ['a request under a key', { 'Idempotency-Key': 'refused' }],
  ])('refuses %s before anything is durable, and takes it again afterwards', async (_name, headers) => {
    pressure = { kind: 'refuse', cause: 'the disk has 3 MB free', retryAfterSeconds: 5 };
    const depth = await place.queues.queue.depth();
    const refused = await send(1, headers);
    expect(refused).toMatchObject({
      statusCode: 503,
      json: { code: 'ServiceUnavailable', message: expect.stringContaining('the disk has 3 MB free') },
      headers: { 'retry-after': '5' },
    });
    expect(refused.headers).not.toHaveProperty('x-headgate-receipt');
    expect(await place.queues.queue.depth()).toBe(depth);
    pressure = undefined;
    expect(await send(2, headers)).toMatchObject({ statusCode: 200, json: { success_count: 1 } });
    expect(await place.queues.queue.depth()).toBe(depth + 1);
  });

  it('makes a request wait, and takes it', async () => {
    pressure = { kind: 'slow', delayMs: 750 };
    expect(await send(3)).toMatchObject({ statusCode: 200, json: { success_count: 1 } });
    expect(paused).toEqual([750]);
  });

  it('charges no quota for what it refuses', async () => {
    await ann('PUT', `/v2/sinks/${sinkId}/quota`, { requests_per_second: 1, burst_seconds: 1 });
    pressure = { kind: 'refuse', cause: 'a test', retryAfterSeconds: 5 };
    await send(4);
    pressure = undefined;
    expect((await send(4)).json).toMatchObject({ success_count: 1 });
    await ann('DELETE', `/v2/sinks/${sinkId}/quota`);
  });

  it.each([
    ['the file system', Object.assign(new Error('no space left on device, write'), { code: 'ENOSPC' })],
    ['a disk quota', Object.assign(new Error('quota exceeded'), { code: 'EDQUOT' })],
    ['SQLite', Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })],
  ])('answers 503 where %s had no room for the write itself, and says no more', async (_name, error) => {
    writeFails = error;
    const answer = await send(5, { 'Idempotency-Key': error.message.replaceAll(' ', '-') });
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': expect.any(String) } });
    expect(answer.body).not.toContain(error.message);
  });
});
