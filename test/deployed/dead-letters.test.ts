import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { encodeBatch } from '../../lambdas/domain/batch.ts';
import type { DatabaseId, ReceiptId, SinkId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import { batchReceivesMax, leaseMs } from '../../lambdas/domain/limits.ts';
import { batchHeaderOf } from '../../lambdas/domain/receipt.ts';
import { shapeOf } from '../../lambdas/domain/table.ts';
import { openAcceptanceTarget } from '../support/acceptance-target.ts';
import { type DeployedStores, openDeployedStores } from '../support/deployed-stores.ts';
import { type HeadgateApi, signInTo } from '../support/headgate-api.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(240_000);

/** A message comes back after this long instead of minutes, so that it is dead after a few of these. */
const shortLeaseSeconds = 2;
const deadMsMax = (batchReceivesMax + 5) * shortLeaseSeconds * 1_000 + 90_000;

/** Batches that the deployed consumer cannot write, or gets twice. */
describe('batches in trouble', () => {
  let stores: DeployedStores;
  let api: HeadgateApi;
  let tenantId: TenantId;
  let databaseId: DatabaseId;
  beforeAll(async () => {
    stores = openDeployedStores();
    api = await signInTo(await openAcceptanceTarget());
    databaseId = (await api.createDatabase()) as DatabaseId;
    tenantId = (await stores.catalog.listTenants())[0]!.id;
    await leaseFor(shortLeaseSeconds);
    // A poll that was under way before still leases by the old time; it ends with this record.
    await api.load(await newSink('first'), [{ id: 1 }]);
  });
  afterAll(async () => {
    await leaseFor(leaseMs / 1_000);
    await api.removeDatabase(databaseId);
    stores.close();
  });

  function leaseFor(seconds: number) {
    const Attributes = { VisibilityTimeout: String(seconds) };
    return stores.sqs.send(new SetQueueAttributesCommand({ QueueUrl: stores.queueUrl, Attributes }));
  }

  async function newSink(table: string): Promise<SinkId> {
    await api.createTable(databaseId, table, false, { n: { type: 'int' }, note: { type: 'mutex', keys: true } });
    const items = ['_id', 'n', 'note'].map((name) => ({ name, path: [name === '_id' ? 'id' : name] }));
    return (await api.createSink(databaseId, table, items, true)).id as SinkId;
  }

  async function post(sinkId: SinkId, values: readonly object[]) {
    const answer = await api.send(sinkId, values);
    expect(answer.status).toBe(200);
    return { body: answer.body, receiptId: answer.headers.get('x-headgate-receipt') as ReceiptId };
  }

  const stateOf = (receiptId: ReceiptId) => async (wanted: string) =>
    waitUntil(
      `receipt ${receiptId} is ${wanted}`,
      async () => {
        const receipt = await stores.catalog.findReceipt(tenantId, receiptId);
        return receipt?.state === wanted ? receipt : undefined;
      },
      deadMsMax,
    );

  it('are in archive and quarantine with their reason once the attempts are used up, and a redrive writes them', async () => {
    const sinkId = await newSink('broken');
    const table = (await stores.catalog.findTableByName(tenantId, databaseId, 'broken'))!;
    await stores.rowStore.drop(table.id);
    const values = [{ id: 1, n: 1, note: 'kept' }, { id: 'not a number' }, { id: 2, n: 2 }];
    const { body, receiptId } = await post(sinkId, values);
    expect(body).toMatchObject({ success_count: 2, error_count: 1 });

    expect(await stateOf(receiptId)('failed')).toMatchObject({ accepted: 2, written: 0 });
    const [letter, ...others] = await stores.catalog.listArchived(sinkId, { limit: 10 });
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ reason: 'write_failed', receiptId });
    const archived = Buffer.from((await stores.objects.get(letter!.objectKey!))!).toString();
    expect(JSON.parse(archived)).toEqual({ records: values.map((value) => ({ value })) });
    const quarantined = await stores.catalog.listQuarantined(sinkId, { limit: 10 });
    expect(quarantined.filter(({ reason }) => reason === 'write_failed').map(({ position }) => position)).toEqual([
      2, 0,
    ]);

    await stores.rowStore.create(shapeOf(table));
    await waitUntil('the row store is there again', async () =>
      (await stores.rowStore.status(table.id)) === 'active' ? true : undefined,
    );
    expect(await api.post(`/v2/receipts/${receiptId}/redrive`, {})).toMatchObject({ status: 202 });
    expect(await stateOf(receiptId)('visible')).toMatchObject({ accepted: 2, written: 2, superseded: 0 });
    expect(await api.select(databaseId, 'select * from broken order by _id')).toEqual([
      { _id: 1, n: 1, note: 'kept' },
      { _id: 2, n: 2, note: null },
    ]);
    const left = await waitUntil('written records leave quarantine', async () => {
      const entries = await stores.catalog.listQuarantined(sinkId, { limit: 10 });
      return entries.some(({ reason }) => reason === 'write_failed') ? undefined : entries;
    });
    expect(left.map(({ position }) => position)).toEqual([1]);
  });

  it('that nothing can read are kept as they came, and harm no other', async () => {
    const sinkId = await newSink('others');
    const poison = 'this is no batch';
    const before = await Array.fromAsync(stores.objects.list('unreadable-messages/'));
    await stores.queue.sendPacked(sinkId, poison);
    await api.load(sinkId, [{ id: 1, n: 1 }]);
    const kept = await waitUntil(
      'the message is kept',
      async () => {
        const now = await Array.fromAsync(stores.objects.list('unreadable-messages/'));
        return now.find(({ key }) => before.every((one) => one.key !== key));
      },
      deadMsMax,
    );
    expect(Buffer.from((await stores.objects.get(kept.key))!).toString()).toBe(poison);
    expect(await api.select(databaseId, 'select * from others')).toEqual([{ _id: 1, n: 1, note: null }]);
  });

  it('that come again after they were written change nothing', async () => {
    const sinkId = await newSink('twice');
    const { receiptId } = await post(sinkId, [{ id: 1, n: 1, note: 'first' }]);
    const written = await stateOf(receiptId)('visible');
    await api.load(sinkId, [{ id: 1, n: 2 }]);
    const body = JSON.stringify({ records: [{ value: { id: 1, n: 1, note: 'first' } }] });
    const tableId = written.tableId as TableId;
    const segments = (await stores.catalog.currentSegments(tableId)).length;
    await stores.queue.send(
      sinkId,
      encodeBatch({ header: batchHeaderOf(written), payload: { kind: 'records', body } }),
    );
    await waitUntil('it was written again', async () =>
      (await stores.catalog.currentSegments(tableId)).length > segments ? true : undefined,
    );
    expect(await api.select(databaseId, 'select * from twice')).toEqual([{ _id: 1, n: 2, note: 'first' }]);
    expect(await stores.catalog.findReceipt(tenantId, receiptId)).toEqual(written);
  });
});
