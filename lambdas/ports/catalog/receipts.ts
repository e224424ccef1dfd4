import type { IdempotencyRecord } from '../../domain/idempotency.ts';
import type { ReceiptId, SinkId, TenantId } from '../../domain/ids.ts';
import type { BatchResult, Receipt } from '../../domain/receipt.ts';

/** What was answered, and what became of it. */
export interface Receipts {
  /** Stores a receipt unless the consumer was faster and stored its end already. Counts as pending while `queued`. */
  openReceipt(receipt: Receipt): Promise<void>;
  /** Takes a receipt back that was just opened and whose batch could not be queued. One that has ended stays. */
  forgetReceipt(receipt: Receipt): Promise<void>;
  findReceipt(tenantId: TenantId, id: ReceiptId): Promise<Receipt | undefined>;
  /**
   * Moves receipts to their end. The first end stays, so that a redelivered batch changes nothing, with one exception:
   * `failed` becomes `visible` when the batch was written after all, by a redrive or by a consumer thought dead. A receipt
   * that is not there (its accept crashed after the queue took the batch) is made from `receipt`; one that is `rejected`
   * has its end already.
   */
  closeReceipts(closings: readonly { readonly receipt: Receipt; readonly result: BatchResult }[]): Promise<void>;
  /** True while a receipt of the sink is `queued`. */
  hasPending(sinkId: SinkId): Promise<boolean>;
  /** True while one of those was accepted under an older revision of the mapping than this. */
  hasPendingBefore(sinkId: SinkId, mappingRevision: number): Promise<boolean>;

  /** Binds the key unless it is bound: then the binding that stands is returned. */
  bindIdempotencyKey(record: IdempotencyRecord): Promise<IdempotencyRecord>;
  findIdempotencyKey(tenantId: TenantId, sinkId: SinkId, key: string): Promise<IdempotencyRecord | undefined>;
  /** Marks the binding that stands as `released`. @param record as it was found or bound */
  releaseIdempotencyKey(record: IdempotencyRecord): Promise<void>;
}
