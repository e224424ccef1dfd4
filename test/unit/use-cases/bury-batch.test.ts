import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeCatalog } from '../../../lambdas/adapters/catalog/catalog.ts';
import { encodeBatch } from '../../../lambdas/domain/batch.ts';
import type { ArchiveId } from '../../../lambdas/domain/ids.ts';
import { batchHeaderOf, type Receipt } from '../../../lambdas/domain/receipt.ts';
import type { Catalog } from '../../../lambdas/ports/catalog/catalog.ts';
import { buryBatch } from '../../../lambdas/use-cases/bury-batch.ts';
import { openTestStores, type TestStores } from '../../conformance/open-test-stores.ts';

const body = '{"records":[{"value":{"id":1,"n":12345678901234567890}},{"value":{"id":"é"}},{"value":{"id":3}}]}';
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
  received: 3,
  accepted: 2,
  rejected: 1,
  dropped: 0,
  exceptions: [{ position: 1, reason: 'wrong_type', pointer: '/value/id', got: '"é"', want: 'id', message: 'no id' }],
  queuedAt: '2026-11-21T12:00:00.000Z',
} as unknown as Receipt;

let opened: TestStores;
let catalog: Catalog;
beforeEach(async () => {
  opened = openTestStores();
  catalog = makeCatalog(opened.stores.items);
  await catalog.openReceipt(receipt);
});
afterEach(() => opened.close());

const inMessage = { kind: 'records', body } as const;
const inObject = { kind: 'object', objectKey: 'bodies/t1/a1' } as const;

async function bury(payload: typeof inMessage | typeof inObject): Promise<void> {
  const message = { messageId: 'm1', body: encodeBatch({ header: batchHeaderOf(receipt), payload }) };
  await buryBatch({ catalog, objects: opened.stores.objects, clock: opened.clock }, message);
}

const quarantined = async () =>
  (await catalog.listQuarantined(receipt.sinkId, { limit: 10 }))
    .map(({ position, record, reason }) => [position, record, reason])
    .reverse();

describe('a dead-lettered batch', () => {
  it.each([
    ['in its message', inMessage, 'dead-letters/t1/a1'],
    ['in an object', inObject, 'bodies/t1/a1'],
  ])('is kept with its records, its body %s, and buried twice it is kept once', async (_, payload, objectKey) => {
    if (payload === inObject) await opened.stores.objects.putIfAbsent(objectKey, new TextEncoder().encode(body));
    await bury(payload);
    await bury(payload);
    expect(await quarantined()).toEqual([
      [0, '{"value":{"id":1,"n":12345678901234567890}}', 'write_failed'],
      [1, '{"value":{"id":"é"}}', 'wrong_type'],
      [2, '{"value":{"id":3}}', 'write_failed'],
    ]);
    expect(await catalog.listArchived(receipt.sinkId, { limit: 10 })).toMatchObject([
      { id: 'a1' as ArchiveId, objectKey, bytes: Buffer.byteLength(body), reason: 'write_failed', receiptId: 'r1' },
    ]);
    const stored = await opened.stores.objects.get(objectKey);
    expect(new TextDecoder().decode(stored)).toBe(body);
    const closed = await catalog.findReceipt(receipt.tenantId, receipt.id);
    expect(closed).toMatchObject({ state: 'failed', quarantined: 2, cause: expect.stringContaining('in quarantine') });
    expect(await catalog.hasPending(receipt.sinkId)).toBe(false);
  });

  it('whose body is gone lets nothing wait for it, and says so', async () => {
    await bury(inObject);
    const closed = await catalog.findReceipt(receipt.tenantId, receipt.id);
    expect(closed).toMatchObject({
      state: 'failed',
      quarantined: 0,
      cause: expect.stringContaining('no longer there'),
    });
    expect(await catalog.hasPending(receipt.sinkId)).toBe(false);
    expect(await catalog.listArchived(receipt.sinkId, { limit: 10 })).toEqual([]);
    expect(await quarantined()).toEqual([]);
  });
});
