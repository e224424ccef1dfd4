import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { expectStoresAgree } from '../support/stores-agree.ts';

jest.setTimeout(120_000);

let target: AcceptanceTarget;
let api: HeadgateApi;
let databaseId: string;
beforeAll(async () => {
  target = await openAcceptanceTarget();
  api = await signInTo(target);
  databaseId = await api.createDatabase();
});
afterAll(async () => {
  await api?.removeDatabase(databaseId);
  await target?.close();
});

it('a record that its row has no room for costs nothing but itself, and its receipt and the log say so', async () => {
  await api.createTable(databaseId, 'items', false, {
    a: { type: 'string', keys: true },
    b: { type: 'string', keys: true },
    n: { type: 'int' },
  });
  const items = ['_id', 'a', 'b', 'n'].map((name) => ({ name, path: [name === '_id' ? 'id' : name] }));
  const { id: sinkId } = await api.createSink(databaseId, 'items', items, true);
  await api.load(sinkId, [{ id: 1, a: 'x'.repeat(250_000) }]);
  const values = [
    { id: 1, b: 'y'.repeat(250_000) },
    { id: 1, n: 7 },
    { id: 2, a: 'z'.repeat(200_000), b: 'z'.repeat(190_000) },
    { id: 3, n: 3 },
    { id: 4, a: 'w'.repeat(390_000) },
  ];
  const answer = expectStatus(await api.send(sinkId, values), 200);
  expect(answer.body).toMatchObject({ success_count: 4, error_count: 1 });
  expect(answer.body.records[4]).toMatchObject({ status: 'error', reason: 'row_too_large', pointer: '/value/a' });
  await api.visible(answer);

  const receiptId = answer.headers.get('x-headgate-receipt');
  const receipt = expectStatus(await api.get(`/v2/receipts/${receiptId}`), 200);
  expect(receipt.body).toMatchObject({ accepted: 4, written: 2, superseded: 0, quarantined: 2 });
  const errors = expectStatus(await api.get(`/v2/sinks/${sinkId}/errors`), 200);
  expect(JSON.stringify(errors.body)).toContain('row_too_large');
  const rows = await expectStoresAgree(target, api, databaseId, 'items');
  expect(rows.toSorted((a, b) => Number(a['_id']) - Number(b['_id']))).toEqual([
    { _id: 1, a: 'x'.repeat(250_000), n: 7 },
    { _id: 3, n: 3 },
  ]);
});
