import { describe, expect, it } from '@jest/globals';
import { decodeBatch } from '../../../lambdas/domain/batch.ts';
import { makeAcceptBatch } from '../../../lambdas/use-cases/accept-batch.ts';
import { aSink } from '../../conformance/catalog-entities.ts';
import { numbersMapping, openAcceptPlace, ourCaller } from '../../support/accept-place.ts';
import { bodyOf } from '../../support/open-pipeline.ts';

/** Accepts a request with an incomplete record and a wrong one, writes it, and gives the receipt as each made it. */
async function sendIncomplete(partialAcceptance: boolean) {
  const place = await openAcceptPlace({ ...numbersMapping, allowMissingFields: false, partialAcceptance });
  const body = bodyOf({ id: 1, n: 1 }, { id: 2 }, { id: 3, n: 'three' }, { id: 4, n: 4 });
  const openReceipt = async () => {};
  const { intake, ...ports } = place.ports();
  const lost = { ...intake, take: async (_: unknown, batch: never) => void place.enqueue(batch) };
  const accept = makeAcceptBatch({ ...ports, catalog: { ...ports.catalog, openReceipt }, intake: lost });
  const { receipt, outcomes } = await accept(ourCaller, { sinkId: aSink().id, body });
  await place.write(place.queue[0]!);
  const made = await place.catalog.findReceipt(receipt.tenantId, receipt.id);
  const { rejected } = decodeBatch(place.queue[0]!).header;
  const rows = place.visibleRows();
  place.close();
  return { receipt, outcomes, made, rejected, rows };
}

describe('a sink that must not miss a field', () => {
  it('with partial acceptance rejects incomplete records alone; the writer agrees', async () => {
    const { receipt, made, rejected, rows } = await sendIncomplete(true);
    expect(receipt).toMatchObject({ state: 'queued', accepted: 2, rejected: 2 });
    expect(receipt.exceptions.map(({ position, reason }) => [position, reason])).toEqual([
      [1, 'missing_field'],
      [2, 'wrong_type'],
    ]);
    expect(rejected).toEqual([1, 2]);
    expect(made).toMatchObject({ state: 'visible', exceptions: receipt.exceptions });
    expect(rows).toEqual([
      { key: 1, values: [1] },
      { key: 4, values: [4] },
    ]);
  });

  it('without it discards the request, and the receipt that the writer makes names the same cause', async () => {
    const { receipt, made, rejected, rows } = await sendIncomplete(false);
    expect(receipt).toMatchObject({ state: 'rejected', accepted: 0, rejected: 4 });
    expect(receipt.exceptions.map(({ reason }) => reason)).toEqual([
      'batch_discarded',
      'missing_field',
      'wrong_type',
      'batch_discarded',
    ]);
    expect(receipt.exceptions[0]!.message).toContain('/records/1/value/n is missing');
    expect(rejected).toEqual([0, 1, 2, 3]);
    expect(made).toEqual(receipt);
    expect(rows).toEqual([]);
  });
});
