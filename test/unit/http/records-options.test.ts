import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeBatch } from '../../../lambdas/domain/batch.ts';
import type { ReceiptId } from '../../../lambdas/domain/ids.ts';
import { receiptOfBatch } from '../../../lambdas/domain/receipt.ts';
import { waitsUntilMs } from '../../../lambdas/http/dialects/records-options.ts';
import type { OpenRequest } from '../../../lambdas/http/operation.ts';
import { anIdempotencyRecord, aQuarantineEntry, aResult } from '../../conformance/catalog-entities.ts';
import type { CallAnswer } from '../../support/api-call.ts';
import { type Client, type HttpPlace, openHttpPlace, stranger, username } from '../../support/http-place.ts';

describe('a records call that asks for more', () => {
  let place: HttpPlace;
  let call: Client;
  let databaseId: string;
  let sinkId: string;
  /** What happens while a request waits. */
  let meanwhile: () => Promise<unknown> = async () => {};
  let pauses = 0;

  beforeAll(async () => {
    place = await openHttpPlace({
      pause: async () => {
        pauses += 1;
        if (pauses > 50) throw new Error('waits for ever');
        await meanwhile();
      },
    });
    call = await place.as(username);
    databaseId = (await call('POST', '/v2/databases', { name: 'data' })).json.id;
    await call('POST', `/v2/tables/${databaseId}`, { name: 'things', columns: [{ name: 'size', type: 'int' }] });
    sinkId = (await createSink('in', { allow_missing_fields: true })).id;
  });
  beforeEach(() => {
    meanwhile = async () => {};
    pauses = 0;
  });
  afterAll(() => place.close());

  async function createSink(name: string, schema: object) {
    const definition = [{ name: '_id' }, { name: 'size' }];
    const details = { database_id: databaseId, table: 'things' };
    const body = { name, sink_details: details, schema: { id_field: '_id', definition, ...schema } };
    return (await call('POST', '/v2/sinks', body)).json;
  }
  const records = (...sizes: unknown[]) => ({ records: sizes.map((size, i) => ({ value: { _id: i, size } })) });
  const stateOf = ({ headers }: CallAnswer) => headers?.['x-headgate-receipt-state'];

  /** Ends the receipts of all that waits in the queue. */
  async function end(state: 'visible' | 'failed') {
    const messages = await place.queues.queue.receive({ messagesMax: 100, bytesMax: 1e7, leaseMs: 60_000 });
    const closings = messages.map(({ body }) => {
      const receipt = receiptOfBatch(decodeBatch(body).header, []);
      return { receipt, result: aResult({ receiptId: receipt.id, state }) };
    });
    await place.ports.catalog.closeReceipts(closings);
  }

  it.each(['v1', 'v2'])(
    'gets the same answer for the same key in /%s, the receipt behind all documented keys',
    async (version) => {
      const headers = { 'Idempotency-Key': `once-${version}` };
      const path = `/${version}/sinks/${sinkId}`;
      const plain = await call('POST', path, records(1, 'x'));
      const first = await call('POST', path, records(1, 'x'), headers);
      const again = await call('POST', path, records(1, 'x'), headers);
      const id = String(first.headers?.['x-headgate-receipt']);
      expect(first.body).toBe(`${plain.body.slice(0, -1)},"receipt":{"id":"${id}","state":"queued"}}`);
      expect(again).toMatchObject({ statusCode: 200, body: first.body, headers: { 'x-headgate-receipt': id } });
      expect(plain.headers?.['x-headgate-receipt']).not.toBe(id);

      const other = await call('POST', path, records(2), headers);
      expect(other).toMatchObject({
        statusCode: 422,
        json: { code: 'IdempotencyKeyReused', details: { receipt_id: id } },
      });
      expect(other.json.message).toContain(`"once-${version}"`);
    },
  );

  it.each([
    ['nothing', ''],
    ['a space within', 'a b'],
    ['a letter beyond ASCII', 'schlüssel'],
    ['256 characters', 'k'.repeat(256)],
  ])('is refused for a key of %s', async (_name, key) => {
    const answer = await call('POST', `/v2/sinks/${sinkId}`, records(1), { 'idempotency-key': key });
    expect(answer).toMatchObject({
      statusCode: 400,
      json: { code: 'InvalidParameter', details: { parameter: 'Idempotency-Key' } },
    });
  });

  it.each(['k', '"quoted"', '~!'.repeat(127) + 'x'])('takes the key %.20s', async (key) => {
    expect(await call('POST', `/v2/sinks/${sinkId}`, records(1), { 'idempotency-key': key })).toMatchObject({
      statusCode: 200,
    });
  });

  it('answers 409 with Retry-After while the first request under its key is under way', async () => {
    const tenantId = await tenantOf(place);
    const bodyHash = createHash('sha256')
      .update(JSON.stringify(records(1)))
      .digest('hex');
    const acceptedAt = new Date().toISOString();
    const binding = anIdempotencyRecord({ tenantId, sinkId, key: 'slow', bodyHash, acceptedAt });
    await place.ports.catalog.bindIdempotencyKey(binding);
    const answer = await call('POST', `/v2/sinks/${sinkId}`, records(1), { 'idempotency-key': 'slow' });
    expect(answer).toMatchObject({ statusCode: 409, json: { code: 'IdempotencyKeyInUse' } });
    expect(Number(answer.headers?.['retry-after'])).toBeGreaterThanOrEqual(20);
    expect(pauses).toBeGreaterThan(20);
  });

  it.each(['visible', 'failed'] as const)('with ack=visible is answered once its records are %s', async (state) => {
    meanwhile = () => end(state);
    const answer = await call('POST', `/v2/sinks/${sinkId}?ack=visible`, records(1));
    expect(answer).toMatchObject({ statusCode: 200, json: { success_count: 1, receipt: { state } } });
    expect(stateOf(answer)).toBe(state);
    expect(pauses).toBe(1);
    const id = answer.json.receipt.id as ReceiptId;
    expect((await call('GET', `/v2/receipts/${id}`)).json.state).toBe(state);
  });

  it('with ack=visible and nothing that could become visible is answered at once', async () => {
    const answer = await call('POST', `/v1/sinks/${sinkId}?ack=visible`, records('x'));
    expect(answer.json).toMatchObject({ success_count: 0, receipt: { state: 'rejected' } });
    expect(pauses).toBe(0);
  });

  it('with ack=queued does not wait, as without it; the header says the state in any case', async () => {
    const queued = await call('POST', `/v2/sinks/${sinkId}?ack=queued`, records(1));
    expect(queued.json).toMatchObject({ success_count: 1, receipt: { state: 'queued' } });
    const plain = await call('POST', `/v2/sinks/${sinkId}`, records(1));
    expect(plain.body).toBe('{"success_count":1,"error_count":0,"records":[{"status":"success"}]}');
    expect([stateOf(queued), stateOf(plain)]).toEqual(['queued', 'queued']);
    expect(pauses).toBe(0);
  });

  it.each(['', 'Visible', 'all'])('is refused for ack=%s, before anything is taken', async (ack) => {
    await end('visible');
    const answer = await call('POST', `/v2/sinks/${sinkId}?ack=${ack}`, records(1));
    expect(answer).toMatchObject({
      statusCode: 400,
      json: { code: 'InvalidParameter', details: { parameter: 'ack' } },
    });
    expect(await place.queues.queue.receive({ messagesMax: 9, bytesMax: 1e7, leaseMs: 60_000 })).toEqual([]);
  });

  it.each([
    ['v2', { partial_acceptance: true }, ['error', 'success']],
    ['v2', { partial_acceptance: false }, ['error', 'error']],
    ['v2', {}, ['error', 'error']],
  ])('costs the incomplete records alone where a sink of /%s has %j', async (version, option, statuses) => {
    const sink = await createSink(`partial-${JSON.stringify(option).length}`, {
      allow_missing_fields: false,
      ...option,
    });
    expect(sink.schema).toEqual(expect.objectContaining(option));
    expect((await call('GET', `/${version}/sinks/${sink.id}`)).json.schema).toEqual(sink.schema);
    const body = { records: [{ value: { _id: 1 } }, { value: { _id: 2, size: 2 } }] };
    const answer = await call('POST', `/${version}/sinks/${sink.id}`, body);
    expect(answer.json.records.map(({ status }: { status: string }) => status)).toEqual(statuses);
  });

  it('waits no longer than its function has time for', () => {
    const request = (remainingMs: number) => ({ remainingMs: () => remainingMs }) as OpenRequest;
    expect(waitsUntilMs(request(29_000), 500)).toBe(500 + 25_000);
    expect(waitsUntilMs(request(9_000), 500)).toBe(500 + 8_000);
  });

  describe('errors of a sink', () => {
    it.each(['v1', 'v2'])('are read in /%s', async (version) => {
      const tenantId = await tenantOf(place);
      const entry = { tenantId, sinkId, receiptId: 'r1', reason: 'write_failed' as const, message: 'the disk' };
      await place.ports.catalog.addQuarantined([
        aQuarantineEntry({ ...entry, id: 'r1-0' }),
        aQuarantineEntry({
          ...entry,
          id: 'r1-1',
          position: 1,
          reason: 'wrong_type',
          pointer: '/value/size',
          message: 'x',
        }),
      ]);
      const { json } = await call('GET', `/${version}/sinks/${sinkId}/errors`);
      expect(Object.keys(json.resources[0]).slice(0, 4)).toEqual(['sink_id', 'error_type', 'error_msg', 'time']);
      expect(json.resources).toMatchObject([
        { error_type: 'Error', error_msg: 'x', reason: 'wrong_type', pointer: '/value/size', record_count: 1 },
        { sink_id: sinkId, error_type: 'Panic', error_msg: 'the disk', receipt_id: 'r1', hint: expect.any(String) },
      ]);
      const newest = await call('GET', `/${version}/sinks/${sinkId}/errors?limit=1`);
      expect(newest.json.resources).toEqual(json.resources.slice(0, 1));
    });

    it.each(['0', '1001', '-1', 'ten', '', '1e2'])('refuse the limit %j', async (limit) => {
      expect(await call('GET', `/v2/sinks/${sinkId}/errors?limit=${limit}`)).toMatchObject({
        statusCode: 400,
        json: { code: 'InvalidParameter', details: { parameter: 'limit' } },
      });
    });

    it('are not found for another tenant', async () => {
      const bob = await place.as(stranger);
      expect(await bob('GET', `/v2/sinks/${sinkId}/errors`)).toMatchObject({ statusCode: 404 });
    });
  });
});

async function tenantOf(place: HttpPlace) {
  return (await place.ports.catalog.findUserByEmail(username))!.tenantId;
}
