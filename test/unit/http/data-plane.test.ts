import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeBatch } from '../../../lambdas/domain/batch.ts';
import { type Client, type HttpPlace, openHttpPlace, username } from '../../support/http-place.ts';

describe('records call', () => {
  let place: HttpPlace;
  let call: Client;
  let databaseId: string;
  let sinkId: string;
  beforeAll(async () => {
    place = await openHttpPlace();
    call = await place.as(username);
    databaseId = (await call('POST', '/v2/databases', { name: 'data' })).json.id;
    const columns = [{ name: 'size', type: 'int', options: { max: 9 } }];
    await call('POST', `/v2/tables/${databaseId}`, { name: 'things', columns });
    sinkId = await createSink('in', true);
  });
  afterAll(() => place.close());

  async function createSink(name: string, allowMissing: boolean): Promise<string> {
    const { json } = await call('POST', '/v2/sinks', {
      name,
      sink_details: { database_id: databaseId, table: 'things' },
      schema: { id_field: '_id', allow_missing_fields: allowMissing, definition: [{ name: '_id' }, { name: 'size' }] },
    });
    return json.id;
  }

  it.each(['v1', 'v2'])('answers per record in /%s, on one line, and names the receipt', async (version) => {
    const records = [
      { value: { _id: 1, size: 5 } },
      { value: { _id: 2, size: 50 } },
      { op: 'delete', value: { _id: 3 } },
    ];
    const answer = await call('POST', `/${version}/sinks/${sinkId}`, { records });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toContain('\n');
    expect(Object.keys(answer.json)).toEqual(['success_count', 'error_count', 'records']);
    const error = answer.json.records[1];
    expect(answer.json).toEqual({
      success_count: 2,
      error_count: 1,
      records: [{ status: 'success' }, error, { status: 'success' }],
    });
    expect(Object.keys(error).slice(0, 3)).toEqual(['status', 'error_code', 'error_message']);
    expect(error).toMatchObject({
      status: 'error',
      error_code: 'InvalidBody',
      error_message: expect.stringContaining('bigger than max allowed'),
      reason: 'out_of_range',
      pointer: '/value/size',
      got: '50',
      hint: expect.any(String),
    });

    const receiptId = String(answer.headers?.['x-headgate-receipt']);
    const receipt = await call('GET', `/v2/receipts/${receiptId}`);
    expect(receipt).toMatchObject({
      statusCode: 200,
      json: { id: receiptId, state: 'queued', sink_id: sinkId, received: 3, accepted: 2, rejected: 1, dropped: 0 },
    });
    expect(receipt.json.exceptions).toEqual([
      expect.objectContaining({ position: 1, reason: 'out_of_range', hint: expect.any(String) }),
    ]);
  });

  it('takes gzip, and queues what it unfolds to', async () => {
    const text = JSON.stringify({ records: [{ value: { _id: 77, size: 7 } }] });
    const body = gzipSync(text).toString('base64');
    const answer = await place.call('POST', `/v2/sinks/${sinkId}`, {
      body,
      isBase64Encoded: true,
      headers: { authorization: await tokenOf(place), 'Content-Encoding': 'gzip' },
    });
    expect(answer).toMatchObject({ statusCode: 200, json: { success_count: 1 } });
    const leased = await place.queues.queue.receive({ messagesMax: 100, bytesMax: 1e7, leaseMs: 1_000 });
    const bodies = leased.map((message) => decodeBatch(message.body).payload);
    expect(bodies).toContainEqual({ kind: 'records', body: text });
  });

  it.each([
    ['not JSON', '{', 400, 'InvalidBody'],
    ['no list', { record: [] }, 400, 'InvalidBody'],
    ['nothing', undefined, 400, 'InvalidBody'],
    ['1,001 records', { records: Array.from({ length: 1_001 }, () => ({ value: {} })) }, 413, 'PayloadTooLarge'],
    ['more than a mebibyte', `{"records":[],"x":"${'x'.repeat(1_048_576)}"}`, 413, 'PayloadTooLarge'],
  ])('refuses %s as a whole', async (_name, body, status, code) => {
    expect(await call('POST', `/v2/sinks/${sinkId}`, body)).toMatchObject({ statusCode: status, json: { code } });
  });

  it('takes an empty list', async () => {
    const answer = await call('POST', `/v1/sinks/${sinkId}`, { records: [] });
    expect(answer.body).toBe('{"success_count":0,"error_count":0,"records":[]}');
  });

  it('refuses a sink that drains, with its state', async () => {
    const draining = await createSink('draining', true);
    await call('POST', `/v2/sinks/${draining}`, { records: [{ value: { _id: 1 } }] });
    expect((await call('DELETE', `/v2/sinks/${draining}`)).json.status).toBe('DELETING');
    expect((await call('GET', `/v2/sinks/${draining}`)).json.status).toBe('DELETING');
    const answer = await call('POST', `/v2/sinks/${draining}`, { records: [{ value: { _id: 2 } }] });
    expect(answer).toMatchObject({
      statusCode: 409,
      json: { code: 'IncorrectState', message: expect.stringContaining('DELETING') },
    });
  });

  it('GETs a row by its key', async () => {
    const tables = await place.ports.catalog.listTables(await callerTenant(place), databaseId as never);
    const [table] = tables;
    const stamp = '0'.repeat(17);
    await place.ports.rowStore.merge({ id: table!.id, keyType: 'id', columns: table!.columns }, [
      { key: 9_223_372_036_854_775_807n, exists: stamp, tombstone: '', cells: [{ stamp, value: 4 }] },
    ]);
    const row = await call('GET', `/v2/tables/${databaseId}/things/rows/9223372036854775807`);
    expect(row.body).toBe('{\n  "_id": 9223372036854775807,\n  "size": 4\n}');
    expect(await call('GET', `/v2/tables/${databaseId}/things/rows/5`)).toMatchObject({ statusCode: 404 });
    expect(await call('GET', `/v2/tables/${databaseId}/things/rows/five`)).toMatchObject({ statusCode: 400 });
  });
});

async function tokenOf(place: HttpPlace): Promise<string> {
  const { json } = await place.call('POST', '/', {
    body: { USERNAME: username, PASSWORD: 'correct horse battery staple' },
  });
  return json.AuthenticationResult.IdToken;
}

async function callerTenant(place: HttpPlace) {
  return (await place.ports.catalog.findUserByEmail(username))!.tenantId;
}
