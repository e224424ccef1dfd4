import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SinkId } from '../../../lambdas/domain/ids.ts';
import { buryBatch } from '../../../lambdas/use-cases/bury-batch.ts';
import { makeWriteBatches } from '../../../lambdas/use-cases/write-batch.ts';
import { type Client, type HttpPlace, openHttpPlace, stranger, username } from '../../support/http-place.ts';
import { makeMemorySegments } from '../../support/memory-segments.ts';

let place: HttpPlace;
let ours: Client;
let theirs: Client;
beforeAll(async () => {
  place = await openHttpPlace({ pause: consume });
  [ours, theirs] = [await place.as(username), await place.as(stranger)];
});
afterAll(() => place.close());

/** What a consumer does while the product waits. */
async function consume(): Promise<void> {
  const { ports, queues } = place;
  const segmentFiles = makeMemorySegments((key) => ports.objects.get(key));
  const messages = await queues.queue.receive({ messagesMax: 100, bytesMax: 1e7, leaseMs: 1e9 });
  const { failed } = await makeWriteBatches({ ...ports, segmentFiles })(messages);
  if (failed.length > 0) throw failed[0]!.cause;
  await queues.queue.acknowledge(messages.map(({ handle }) => handle));
}

let made = 0;
async function newSink(call: Client) {
  made += 1;
  const databaseId: string = (await call('POST', '/v2/databases', { name: `data${made}` })).json.id;
  const columns = [{ name: 'n', type: 'int' }];
  await call('POST', `/v2/tables/${databaseId}`, { name: 'things', columns });
  const definition = [{ name: '_id' }, { name: 'n' }];
  const schema = { id_field: '_id', allow_missing_fields: true, definition };
  const sink = await call('POST', '/v2/sinks', {
    name: `s${made}`,
    sink_details: { database_id: databaseId, table: 'things' },
    schema,
  });
  return { databaseId, sinkId: sink.json.id as string, schema };
}

/** A sink with one request in the archive, of which one record is in quarantine. */
async function loadedSink(call: Client) {
  const sink = await newSink(call);
  const body = '{"records": [{"value":{"_id":1,"n":1}},{"value":{"_id":2,"n":12345678901234567890}}]}';
  const sent = await call('POST', `/v2/sinks/${sink.sinkId}`, body);
  expect(sent).toMatchObject({ statusCode: 200, json: { success_count: 1, error_count: 1 } });
  await consume();
  const { json: quarantine } = await call('GET', `/v2/sinks/${sink.sinkId}/quarantine`);
  const { json: archive } = await call('GET', `/v2/sinks/${sink.sinkId}/archive`);
  const receiptId = String(sent.headers?.['x-headgate-receipt']);
  return { ...sink, body, receiptId, entry: quarantine.resources[0], archived: archive.resources[0] };
}

describe('stored records', () => {
  it('are shown with all digits, and the body as it came', async () => {
    const { sinkId, body, entry, archived, receiptId } = await loadedSink(ours);
    const shown = await ours('GET', `/v2/sinks/${sinkId}/quarantine/${entry.id}`);
    expect(shown.body).toContain('12345678901234567890');
    expect(entry).toMatchObject({ receipt_id: receiptId, position: 1, hint: expect.any(String) });
    expect(archived).toMatchObject({ receipt_id: receiptId, records: 2, bytes: body.length, mapping_revisions: [1] });
    expect((await ours('GET', `/v2/sinks/${sinkId}/archive/${archived.id}`)).body).toBe(body);
    const edited = await ours(
      'PUT',
      `/v2/sinks/${sinkId}/quarantine/${entry.id}`,
      '{"record":{"value":{"_id":2,"n":9007199254740993}}}',
    );
    expect(edited.body).toContain('9007199254740993');
    expect(edited.json.accepted).toBe(true);
    const replay = await ours('POST', `/v2/sinks/${sinkId}/replays`, { from: 'quarantine' });
    expect(replay).toMatchObject({ statusCode: 200, json: { state: 'completed', written: 1, started_by: username } });
    expect((await ours('GET', `/v2/sinks/${sinkId}/quarantine`)).json).toEqual({ resources: [] });
  });

  it('are each tenant its own, on every route', async () => {
    const { databaseId, sinkId, schema, entry, archived, receiptId } = await loadedSink(ours);
    const replay = await ours('POST', `/v2/sinks/${sinkId}/replays`, { from: 'archive' });
    const at = `/v2/sinks/${sinkId}`;
    for (const [method, path, body] of [
      ['GET', `${at}/quarantine`],
      ['GET', `${at}/archive?limit=1`],
      ['GET', `${at}/replays?limit=1`],
      ['GET', `${at}/quarantine/${entry.id}`],
      ['PUT', `${at}/quarantine/${entry.id}`, { record: null }],
      ['DELETE', `${at}/quarantine/${entry.id}`],
      ['GET', `${at}/archive/${archived.id}`],
      ['GET', `${at}/replays/${replay.json.id}`],
      ['DELETE', `${at}/replays/${replay.json.id}`],
      ['PUT', `${at}/schema`, schema],
      ['POST', `/v2/receipts/${receiptId}/redrive`, {}],
      ['DELETE', `/v2/tables/${databaseId}/things/rows/1`],
    ] as const)
      expect([path, (await theirs(method, path, body)).statusCode]).toEqual([path, 404]);
    for (const from of ['archive', 'quarantine']) {
      const answer = await theirs('POST', `${at}/replays`, { from });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    }
    expect((await ours('GET', `${at}/quarantine`)).json.resources).toMatchObject([
      { id: entry.id, record: entry.record },
    ]);
    expect((await ours('GET', `${at}/replays`)).json.resources).toEqual([replay.json]);
    expect((await ours('GET', `/v2/tables/${databaseId}/things/rows/1`)).statusCode).toBe(200);
  });

  it('are mended and discarded by keys that may not read them, and stay unread', async () => {
    const { sinkId, entry } = await loadedSink(ours);
    const made = await ours('POST', '/v2/users/current/keys', { description: 'x', scope: { verbs: ['replay'] } });
    const headers = { 'x-api-key': made.json.secret };
    const path = `/v2/sinks/${sinkId}/quarantine/${entry.id}`;
    expect((await place.call('GET', path, { headers })).statusCode).toBe(403);
    for (const [method, body] of [
      ['PUT', { record: { value: { _id: 2, n: 3 } } }],
      ['DELETE', undefined],
    ] as const) {
      const { statusCode, json } = await place.call(method, path, { headers, ...(body && { body }) });
      expect([statusCode, json.id]).toEqual([200, entry.id]);
      for (const member of ['record', 'edited', 'got', 'message']) expect(json).not.toHaveProperty(member);
    }
  });

  it('outlive their sink, for its tenant alone', async () => {
    const { sinkId } = await loadedSink(ours);
    expect((await ours('DELETE', `/v2/sinks/${sinkId}`)).statusCode).toBe(202);
    expect((await ours('GET', `/v2/sinks/${sinkId}`)).statusCode).toBe(404);
    for (const [list, count] of [
      ['quarantine', 1],
      ['archive', 1],
      ['replays', 0],
    ] as const) {
      expect((await ours('GET', `/v2/sinks/${sinkId}/${list}`)).json.resources).toHaveLength(count);
      expect((await theirs('GET', `/v2/sinks/${sinkId}/${list}`)).statusCode).toBe(404);
    }
  });

  it('of one tenant do not go into the sink of another', async () => {
    const { sinkId, entry, archived } = await loadedSink(ours);
    const target = await newSink(theirs);
    for (const request of [
      { from: 'archive' },
      { from: 'archive', ids: [archived.id] },
      { from: 'quarantine' },
      { from: 'quarantine', ids: [entry.id] },
    ]) {
      const body = { ...request, into: target.sinkId };
      for (const dry_run of [true, false])
        expect((await theirs('POST', `/v2/sinks/${sinkId}/replays`, { ...body, dry_run })).statusCode).toBe(404);
    }
    const back = await ours('POST', `/v2/sinks/${sinkId}/replays`, { from: 'archive', into: target.sinkId });
    expect(back.statusCode).toBeGreaterThanOrEqual(400);
    expect((await ours('GET', `/v2/sinks/${sinkId}/replays`)).json.resources).toEqual([]);
  });

  it('answers a replay that goes on with 202, and what becomes of it by its id', async () => {
    const { sinkId } = await loadedSink(ours);
    let nowMs = place.ports.clock.now();
    // The same stores, where each look at the clock takes a second, and nobody writes.
    const slow = await openHttpPlace({ ...place.ports, pause: async () => {}, clock: { now: () => (nowMs += 1_000) } });
    try {
      const call = await slow.as(username);
      const begun = await call('POST', `/v2/sinks/${sinkId}/replays`, { from: 'archive' });
      expect(begun).toMatchObject({ statusCode: 202, json: { state: 'running', batches: 0 } });
      const path = `/v2/sinks/${sinkId}/replays/${begun.json.id}`;
      expect((await call('GET', path)).json).toEqual(begun.json);
      expect((await call('DELETE', path)).json).toMatchObject({ state: 'cancelled' });
      await consume();
    } finally {
      await slow.close();
    }
  });
});

describe('a new schema', () => {
  it('is answered with the sink, which shows it with its revision', async () => {
    const { sinkId, schema } = await newSink(ours);
    const changed = { ...schema, definition: [{ name: '_id', path: ['key'] }] };
    const answer = await ours('PUT', `/v2/sinks/${sinkId}/schema`, changed);
    expect(answer).toMatchObject({ statusCode: 200, json: { id: sinkId, mapping_revision: 2, schema: changed } });
    expect((await ours('GET', `/v2/sinks/${sinkId}`)).json).toEqual(answer.json);
  });

  it.each([
    ['no body', undefined],
    ['no definition', { allow_missing_fields: true }],
    ['no _id', { allow_missing_fields: true, definition: [{ name: 'n' }] }],
    [
      'a column that is not there',
      { id_field: '_id', allow_missing_fields: true, definition: [{ name: '_id' }, { name: 'x' }] },
    ],
  ])('with %s changes nothing', async (_what, body) => {
    const { sinkId } = await newSink(ours);
    const answer = await ours('PUT', `/v2/sinks/${sinkId}/schema`, body);
    expect(Math.floor(answer.statusCode / 100)).toBe(4);
    expect((await ours('GET', `/v2/sinks/${sinkId}`)).json.mapping_revision).toBe(1);
  });
});

describe('a redrive', () => {
  it('sends a failed batch again, and only such a one', async () => {
    const { sinkId, databaseId } = await newSink(ours);
    const sent = await ours('POST', `/v2/sinks/${sinkId}`, { records: [{ value: { _id: 5, n: 5 } }] });
    const path = `/v2/receipts/${String(sent.headers?.['x-headgate-receipt'])}`;
    expect(await ours('POST', `${path}/redrive`)).toMatchObject({
      statusCode: 409,
      json: { message: expect.stringContaining('queued') },
    });
    const [message] = await place.queues.queue.receive({ messagesMax: 9, bytesMax: 1e7, leaseMs: 1e9 });
    await buryBatch(place.ports, message!);
    await place.queues.queue.acknowledge([message!.handle]);
    expect((await ours('GET', path)).json.state).toBe('failed');
    const answer = await ours('POST', `${path}/redrive`);
    expect(answer).toMatchObject({ statusCode: 202, json: { state: 'failed' } });
    await consume();
    expect((await ours('GET', path)).json).toMatchObject({ state: 'visible', written: 1 });
    expect((await ours('GET', `/v2/tables/${databaseId}/things/rows/5`)).json).toEqual({ _id: 5, n: 5 });
    expect((await ours('POST', `${path}/redrive`)).statusCode).toBe(409);
    expect((await ours('POST', '/v2/receipts/none/redrive')).statusCode).toBe(404);
  });

  it('says so where the body is kept no longer', async () => {
    const { sinkId } = await newSink(ours);
    const sent = await ours('POST', `/v2/sinks/${sinkId}`, { records: [{ value: { _id: 6 } }] });
    const path = `/v2/receipts/${String(sent.headers?.['x-headgate-receipt'])}/redrive`;
    const [message] = await place.queues.queue.receive({ messagesMax: 9, bytesMax: 1e7, leaseMs: 1e9 });
    await buryBatch(place.ports, message!);
    await place.queues.queue.acknowledge([message!.handle]);
    const [letter] = await place.ports.catalog.listArchived(sinkId as SinkId, { limit: 1 });
    await place.ports.objects.delete([letter!.objectKey!]);
    expect(await ours('POST', path)).toMatchObject({
      statusCode: 409,
      json: { message: expect.stringContaining('archive') },
    });
  });
});
