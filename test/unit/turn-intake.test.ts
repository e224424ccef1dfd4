import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { makeTurnIntake } from '../../lambdas/adapters/embedded/turn-intake.ts';
import { type Batch, encodeBatch } from '../../lambdas/domain/batch.ts';
import type { Receipt } from '../../lambdas/domain/receipt.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { openTestStores, type TestStores } from '../conformance/open-test-stores.ts';

let opened: TestStores;
let catalog: Catalog;
beforeEach(() => {
  opened = openTestStores();
  catalog = makeCatalog(opened.stores.items);
});
afterEach(() => opened.close());

const receipt = {
  id: 'r1',
  tenantId: 't1',
  databaseId: 'd1',
  tableId: 'b1',
  sinkId: 's1',
  batchId: 'a1',
  version: '0'.repeat(14),
  mappingRevision: 1,
  state: 'queued',
  received: 1,
  accepted: 1,
  rejected: 0,
  dropped: 0,
  exceptions: [],
  queuedAt: '2026-11-21T12:00:00.000Z',
} as unknown as Receipt;

const batch = { header: { batchId: 'a1' }, payload: { kind: 'records', body: '[]' } } as unknown as Batch;

const refusing = async (): Promise<never> => {
  throw new Error('no space left');
};

describe('the intake of the embedded place', () => {
  it('keeps batch and receipt', async () => {
    const { queue } = opened.stores.queues;
    await makeTurnIntake(queue, catalog).take(receipt, batch);
    expect(await catalog.findReceipt(receipt.tenantId, receipt.id)).toEqual(receipt);
    expect(await catalog.hasPending(receipt.sinkId)).toBe(true);
    expect(await queue.receive({ messagesMax: 1, bytesMax: 1, leaseMs: 1 })).toMatchObject([
      { body: encodeBatch(batch) },
    ]);
  });

  it('lets no receipt wait for a batch that the queue did not take', async () => {
    const intake = makeTurnIntake({ send: refusing }, catalog);
    await expect(intake.take(receipt, batch)).rejects.toThrow('no space left');
    expect(await catalog.hasPending(receipt.sinkId)).toBe(false);
    expect(await catalog.findReceipt(receipt.tenantId, receipt.id)).toMatchObject({ state: 'failed' });
  });

  it('is not answered without its receipt; the batch, being queued, will make one', async () => {
    const { queue } = opened.stores.queues;
    const intake = makeTurnIntake(queue, { openReceipt: refusing, closeReceipts: catalog.closeReceipts });
    await expect(intake.take(receipt, batch)).rejects.toThrow('no space left');
    expect(await queue.depth()).toBe(1);
  });
});
