import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Batch } from '../../lambdas/domain/batch.ts';
import type { BatchId, ReceiptId } from '../../lambdas/domain/ids.ts';
import { batchHeaderOf, type Receipt } from '../../lambdas/domain/receipt.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import type { Intake } from '../../lambdas/ports/intake.ts';
import { aReceipt } from './catalog-entities.ts';

/** What of an intake's parts refuses its work. */
export type BrokenPart = 'queue' | 'receipts';

export interface IntakeHarness {
  readonly catalog: Pick<Catalog, 'findReceipt' | 'hasPending'>;
  open(broken?: BrokenPart): Intake;
  /** Takes all batches out of the queue, with their bodies, wherever those are. */
  drain(): Promise<readonly Batch[]>;
  close(): Promise<void>;
}

const bodies: Readonly<Record<string, string>> = {
  'no records': '{"records":[]}',
  'any text': JSON.stringify({ records: [{ value: { a: 'snow ☃ 𝄞 \u0001 \ufffe\n' } }] }),
  'a megabyte of one word': JSON.stringify({ records: Array(60_000).fill('setosa') }),
  'a megabyte of noise': JSON.stringify({ records: [randomBytes(740_000).toString('base64')] }),
};

/** What every `Intake` must do. */
export function intakeSuite(name: string, open: () => Promise<IntakeHarness>): void {
  describe(`${name} takes batches`, () => {
    let harness: IntakeHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    const find = ({ tenantId, id }: Receipt) => harness.catalog.findReceipt(tenantId, id);

    it.each(Object.keys(bodies))('with their receipts, the body as it was: %s', async (kind) => {
      const [receipt, batch] = requestOf('r1', bodies[kind]!);
      await harness.open().take(receipt, batch);
      expect(await find(receipt)).toEqual(receipt);
      expect(await harness.catalog.hasPending(receipt.sinkId)).toBe(true);
      expect(await harness.drain()).toEqual([batch]);
    });

    it('side by side, each with its own', async () => {
      const intake = harness.open();
      const requests = Array.from({ length: 30 }, (_, i) => requestOf(`r${i}`, `{"records":[${i}]}`));
      await Promise.all(requests.map(([receipt, batch]) => intake.take(receipt, batch)));
      expect(await Promise.all(requests.map(([receipt]) => find(receipt)))).toEqual(
        requests.map(([receipt]) => receipt),
      );
      const taken = (await harness.drain()).toSorted((a, b) => (a.header.receiptId < b.header.receiptId ? -1 : 1));
      const sent = requests.map(([, batch]) => batch);
      expect(taken).toEqual(sent.toSorted((a, b) => (a.header.receiptId < b.header.receiptId ? -1 : 1)));
    });

    it('or says that it did not, and leaves no receipt that waits for ever', async () => {
      const [receipt, batch] = requestOf('r1', bodies['any text']!);
      await expect(harness.open('queue').take(receipt, batch)).rejects.toThrow();
      expect(await harness.catalog.hasPending(receipt.sinkId)).toBe(false);
      expect((await find(receipt))?.state).not.toBe('queued');
      expect(await harness.drain()).toEqual([]);
    });

    it('and does not answer where the receipt is not stored; the batch will make it', async () => {
      const [receipt, batch] = requestOf('r1', bodies['any text']!);
      await expect(harness.open('receipts').take(receipt, batch)).rejects.toThrow();
      expect(await harness.drain()).toEqual([batch]);
    });
  });
}

function requestOf(id: string, body: string): [Receipt, Batch] {
  const receipt: Receipt = { ...aReceipt(), id: id as ReceiptId, batchId: `batch-${id}` as BatchId };
  return [receipt, { header: batchHeaderOf(receipt), payload: { kind: 'records', body } }];
}

/** A part that refuses whatever it is asked. */
export const refuse = async (): Promise<never> => {
  throw new Error('no space left');
};
