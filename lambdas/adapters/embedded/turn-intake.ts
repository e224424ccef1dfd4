import { encodeBatch } from '../../domain/batch.ts';
import type { BatchQueue } from '../../ports/batch-queue.ts';
import type { Receipts } from '../../ports/catalog/receipts.ts';
import type { Intake } from '../../ports/intake.ts';

/**
 * Batch and receipt in one commit: both stores write through the same turn of the main database, so that calls of one
 * turn of the event loop share its transaction. Half the commits of one after the other.
 */
export function makeTurnIntake(queue: BatchQueue, receipts: Pick<Receipts, 'openReceipt' | 'forgetReceipt'>): Intake {
  return {
    async take(receipt, batch) {
      const sent = queue.send(receipt.sinkId, encodeBatch(batch));
      const opened = receipts.openReceipt(receipt);
      const [queued, stored] = await Promise.allSettled([sent, opened]);
      if (queued.status === 'rejected') {
        // Alone in failing, as for a body too large for SQLite: the request was not accepted, so it has no receipt.
        if (stored.status === 'fulfilled') await receipts.forgetReceipt(receipt);
        throw queued.reason;
      }
      if (stored.status === 'rejected') throw stored.reason;
    },
  };
}
