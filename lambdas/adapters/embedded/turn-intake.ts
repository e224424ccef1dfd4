import { encodeBatch } from '../../domain/batch.ts';
import type { BatchQueue } from '../../ports/batch-queue.ts';
import type { Receipts } from '../../ports/catalog/receipts.ts';
import type { Intake } from '../../ports/intake.ts';

/**
 * Batch and receipt in one commit: both stores write through the same turn of the main database, so that calls of one
 * turn of the event loop share its transaction. Half the commits of one after the other.
 */
export function makeTurnIntake(queue: BatchQueue, receipts: Pick<Receipts, 'openReceipt' | 'closeReceipts'>): Intake {
  return {
    async take(receipt, batch) {
      const sent = queue.send(receipt.sinkId, encodeBatch(batch));
      const opened = receipts.openReceipt(receipt);
      const [queued, stored] = await Promise.allSettled([sent, opened]);
      if (queued.status === 'rejected') {
        // Alone in failing, as for a body too large for SQLite: the receipt must not wait for it.
        if (stored.status === 'fulfilled') await receipts.closeReceipts([{ receipt, result: refused(receipt) }]);
        throw queued.reason;
      }
      if (stored.status === 'rejected') throw stored.reason;
    },
  };
}

function refused({ id, sinkId, queuedAt }: Parameters<Intake['take']>[0]) {
  const cause = 'The batch could not be queued; the request was not accepted.';
  return {
    receiptId: id,
    sinkId,
    state: 'failed' as const,
    written: 0,
    superseded: 0,
    quarantined: 0,
    changed: 0,
    at: queuedAt,
    cause,
  };
}
