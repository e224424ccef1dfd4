import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, type RecordsAnswer, signInTo, uniqueName } from '../support/headgate-api.ts';
import type { Answer } from '../support/http-client.ts';

jest.setTimeout(120_000);

const items = [
  { name: '_id', path: ['id'] },
  { name: 'n', path: ['n'] },
];
type Sent = RecordsAnswer & { readonly receipt: { readonly id: string; readonly state: string } };

describe('requests with an Idempotency-Key', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  let sinkId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'items', false, { n: { type: 'int' } });
    sinkId = (await api.createSink(databaseId, 'items', items, true)).id;
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  function send(key: string, body: unknown, path = `/v2/sinks/${sinkId}`): Promise<Answer<Sent>> {
    return api.post<Sent>(path, body, { headers: { 'Idempotency-Key': key } });
  }
  const records = (...values: readonly object[]) => ({ records: values.map((value) => ({ value })) });
  const rowOf = async (id: number) => (await api.select(databaseId, `select n from items where _id = ${id}`))[0];

  it.each(['v1', 'v2'])('happen once in /%s: a retry never undoes what came after the first', async (version) => {
    const id = version === 'v1' ? 1 : 2;
    const [key, path] = [uniqueName('once'), `/${version}/sinks/${sinkId}`];
    const body = records({ id, n: 1 }, { id: 9, n: 'nine' });
    const first = expectStatus(await send(key, body, path), 200);
    expect(first.body).toMatchObject({ success_count: 1, error_count: 1, records: [{ status: 'success' }, {}] });
    await api.load(sinkId, [{ id, n: 2 }]);

    const again = expectStatus(await send(key, body, path), 200);
    expect(again.headers.get('x-headgate-receipt')).toBe(first.headers.get('x-headgate-receipt'));
    const { receipt, ...answer } = again.body;
    expect({ ...answer, receipt: first.body.receipt }).toEqual(first.body);
    expect(receipt.id).toBe(first.body.receipt.id);
    await api.visible(again);
    // What is sent after the retry is visible after it too, so the retry has had its chance to do harm.
    await api.load(sinkId, [{ id: 99, n: 1 }]);
    expect(await rowOf(id)).toEqual({ n: 2 });
  });

  it('that come all at once are one', async () => {
    const [key, body] = [uniqueName('race'), records({ id: 3, n: 3 })];
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(key, body)));
    for (const answer of answers) expectStatus(answer, 200);
    expect(new Set(answers.map(({ headers }) => headers.get('x-headgate-receipt'))).size).toBe(1);
    await api.visible(answers[0]!);
    expect(await rowOf(3)).toEqual({ n: 3 });
  });

  it('are refused with another body, and taken in another sink', async () => {
    const [key, body] = [uniqueName('reused'), records({ id: 4, n: 4 })];
    const first = expectStatus(await send(key, body), 200);
    const other = expectStatus(await send(key, records({ id: 4, n: 5 })), 422);
    const details = { idempotency_key: key, receipt_id: first.body.receipt.id };
    expect(other.body).toMatchObject({ code: 'IdempotencyKeyReused', details });
    const sink = await api.createSink(databaseId, 'items', items, true);
    const elsewhere = expectStatus(await send(key, body, `/v2/sinks/${sink.id}`), 200);
    expect(elsewhere.body.receipt.id).not.toBe(first.body.receipt.id);
  });

  it('bind nothing where the request is refused whole', async () => {
    const key = uniqueName('broken');
    expectStatus(await send(key, '{"records":['), 400);
    expectStatus(await send(key, records({ id: 5, n: 5 })), 200);
    expectStatus(await send(key, '{"records":['), 400);
  });

  it.each(['two words', 'x'.repeat(256)])('need a key that is one: %.20s', async (key) => {
    const answer = expectStatus(await send(key, records({ id: 6 })), 400);
    expect(answer.body).toMatchObject({ code: 'InvalidParameter', details: { parameter: 'Idempotency-Key' } });
  });
});
