import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeTime } from 'ulid';
import type { SinkId } from '../../../lambdas/domain/ids.ts';
import { anArchiveEntry } from '../../conformance/catalog-entities.ts';
import { type Client, type HttpPlace, openHttpPlace, stranger, username } from '../../support/http-place.ts';

const minuteMs = 60_000;
const noonMs = Date.parse('2026-11-24T12:00:00.000Z');
/** Ten minutes past, and a bit. */
const nowMs = noonMs + 10 * minuteMs + 30_000;

describe('GET .../sinks/{sink_id}/metrics', () => {
  let place: HttpPlace;
  let client: Client;
  let sinkId: SinkId;
  beforeAll(async () => {
    let now = noonMs - 30 * 3_600_000;
    place = await openHttpPlace({ clock: { now: () => now } });
    client = await place.as(username);
    const database = await client('POST', '/v2/databases', { name: 'd', database_options: { shape: '8GB' } });
    await client('POST', `/v2/tables/${database.json.id}`, { name: 't', options: { keys: false } });
    const definition = [{ name: '_id', path: ['id'] }];
    const schema = { id_field: '_id', allow_missing_fields: true, definition };
    const details = { database_id: database.json.id, table: 't' };
    const sink = await client('POST', '/v2/sinks', { name: 's', sink_details: details, schema });
    expect(sink.json).toMatchObject({ status: 'ACTIVE' });
    sinkId = sink.json.id;
    now = nowMs;
    client = await place.as(username);
    const minutes = [-90, -59, -1, 1, 1, 9];
    await place.ports.catalog.addArchived(
      minutes.map((minute, i) => {
        const id = `${encodeTime(noonMs + minute * minuteMs, 10)}${String(i).padStart(16, '0')}`;
        return anArchiveEntry({ id, sinkId, records: 12, accepted: 10, rejected: 2, bytes: 100 });
      }),
    );
  });
  afterAll(() => place?.close());

  const get = (query = '', version = 'v2') => client('GET', `/${version}/sinks/${sinkId}/metrics${query}`);
  const point = (timestamp: string, requests = 1) => ({
    timestamp,
    ingest_rate: 10 * requests,
    request_rate: requests,
    error_rate: 2 * requests,
    bytes: 100 * requests,
  });

  it.each(['v1', 'v2'])('shows the last hour of /%s by the minute, newest last', async (version) => {
    expect((await get('', version)).json).toEqual({
      resources: [point('2026-11-24T11:59:00Z'), point('2026-11-24T12:01:00Z', 2), point('2026-11-24T12:09:00Z')],
      complete: true,
    });
  });

  it.each<[string, readonly string[]]>([
    ['?from=2026-11-24T12:01:59Z', ['12:01', '12:09']],
    ['?from=2026-11-24T12:00:00Z&to=2026-11-24T12:09:00Z', ['12:01']],
    ['?from=2026-11-24T12:00:00Z&to=2026-11-24T12:09:00.001Z', ['12:01', '12:09']],
    ['?to=2026-11-24T11:00:00Z', ['10:30']],
    ['?from=2026-11-24T13:00:00%2B02:00&to=2026-11-24T12:00:00Z', ['11:01', '11:59']],
    ['?from=2026-11-23T13:00:00Z&to=2026-11-24T13:00:00Z', ['10:30', '11:01', '11:59', '12:01', '12:09']],
    ['?from=2026-11-24T12:09:00Z&resolution=minute', ['12:09']],
  ])('%s shows %j', async (query, times) => {
    const { json } = await get(query);
    expect(json.resources.map(({ timestamp }: { timestamp: string }) => timestamp.slice(11, 16))).toEqual(times);
  });

  it('shows whole hours, the two at the ends too', async () => {
    const { json } = await get('?resolution=hour&from=2026-11-24T10:50:00Z&to=2026-11-24T12:05:00Z');
    expect(json.resources).toEqual([
      point('2026-11-24T10:00:00Z'),
      point('2026-11-24T11:00:00Z', 2),
      point('2026-11-24T12:00:00Z', 3),
    ]);
  });

  it.each<[string, string]>([
    ['?from=yesterday', 'from'],
    ['?to=2026-11-24', 'to'],
    ['?from=2026-11-24T12:00:00Z&to=2026-11-24T12:00:00Z', 'from'],
    ['?from=2026-11-24T13:00:00Z', 'from'],
    ['?from=2026-11-23T11:59:59Z&to=2026-11-24T12:00:00Z', 'from'],
    ['?resolution=second', 'resolution'],
  ])('%s is refused for its %s', async (query, parameter) => {
    expect(await get(query)).toMatchObject({
      statusCode: 400,
      json: { code: 'InvalidParameter', message: expect.stringContaining(parameter) },
    });
  });

  it("is a 404 for a sink that is not there, and for another tenant's", async () => {
    for (const version of ['v1', 'v2']) {
      expect(await client('GET', `/${version}/sinks/none/metrics`)).toMatchObject({ statusCode: 404 });
      const path = `/${version}/sinks/${sinkId}/metrics`;
      expect(await (await place.as(stranger))('GET', path)).toMatchObject({ statusCode: 404 });
    }
  });
});

describe('GET .../service-properties/...:shapes', () => {
  let place: HttpPlace;
  let client: Client;
  beforeAll(async () => {
    place = await openHttpPlace();
    client = await place.as(username);
  });
  afterAll(() => place?.close());

  it('names what databases and deployments may have, and each is taken', async () => {
    const ofV1 = (await client('GET', '/v1/service-properties/deployment:shapes')).json.resources;
    const ofV2 = (await client('GET', '/v2/service-properties/database:shapes')).json.resources;
    expect(ofV1[0]).toEqual({ name: '8GB', environment: 'development', memory_gb: 8 });
    expect(ofV2[0]).toEqual({
      ...{ name: '8GB-Development', environment: 'development' },
      ...{ memory_gb: 8, volume_gb: 32, vcpu: 2 },
    });
    for (const [i, { name: shape }] of ofV2.entries()) {
      const made = await client('POST', '/v2/databases', { name: `d${i}`, database_options: { shape } });
      expect(made).toMatchObject({ statusCode: 201, json: { database_options: { shape } } });
    }
    for (const [i, { name: shape }] of ofV1.entries()) {
      const made = await client('POST', '/v1/deployments', { name: `e${i}`, deployment_options: { shape } });
      expect(made).toMatchObject({ statusCode: 201, json: { deployment_options: { shape } } });
    }
    const refused = await client('POST', '/v2/databases', { name: 'x', database_options: { shape: '3GB' } });
    expect(refused).toMatchObject({
      statusCode: 400,
      json: { code: 'InvalidParameter', message: expect.stringContaining('2048GB') },
    });
  });
});
