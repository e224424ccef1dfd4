import type { Batch } from '../domain/batch.ts';
import type { Receipt } from '../domain/receipt.ts';

/** Where an accepted request becomes durable: its batch in the queue and its receipt in the catalog. */
export interface Intake {
  /**
   * Takes a batch with its receipt; both are durable when the promise resolves. Never leaves a receipt whose batch is not
   * in the queue: it would keep its sink from ever draining. A crash may leave a batch without its receipt; then the
   * request was not answered, and the writer makes the receipt.
   */
  take(receipt: Receipt, batch: Batch): Promise<void>;
}
