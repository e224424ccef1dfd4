import type { BatchHeader } from './batch.ts';
import type { BatchId, DatabaseId, ReceiptId, SinkId, TableId, TenantId } from './ids.ts';
import type { Rejection } from './outcome.ts';
import type { Version } from './version.ts';

/**
 * `rejected`: the request was refused whole and nothing is queued. `failed`: dead-lettered, its records are in quarantine;
 * a redrive may still make it `visible`.
 */
export type ReceiptState = 'queued' | 'visible' | 'failed' | 'rejected';

/** One record of a request that was not accepted. */
export interface RecordException extends Omit<Rejection, 'kind'> {
  /** 0-based place in the request's list. */
  readonly position: number;
}

/**
 * What a request is given when it is accepted, before its records are looked at. All tries under one Idempotency-Key
 * have that of the first, so that a batch which is queued twice changes nothing.
 */
export interface Acceptance {
  readonly receiptId: ReceiptId;
  readonly batchId: BatchId;
  readonly version: Version;
  readonly mappingRevision: number;
  /** RFC 3339. */
  readonly acceptedAt: string;
}

/** What we answer and keep for one request. received = accepted + rejected + dropped. */
export interface Receipt {
  readonly id: ReceiptId;
  readonly tenantId: TenantId;
  readonly databaseId: DatabaseId;
  readonly tableId: TableId;
  readonly sinkId: SinkId;
  readonly batchId: BatchId;
  readonly version: Version;
  readonly mappingRevision: number;
  readonly state: ReceiptState;
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly dropped: number;
  /**
   * Known once the batch was written. accepted = written (changed at least one cell at their first merge) + superseded
   * (changed none) + quarantined (refused after all, for reasons that their entries in quarantine have).
   */
  readonly written?: number;
  readonly superseded?: number;
  readonly quarantined?: number;
  /** Accepted records whose values for columns dropped meanwhile were left out. */
  readonly changed?: number;
  readonly exceptions: readonly RecordException[];
  readonly queuedAt: string;
  readonly visibleAt?: string;
  readonly failedAt?: string;
  readonly cause?: string;
}

/** What the consumer found out about one batch. */
export interface BatchResult {
  readonly receiptId: ReceiptId;
  readonly sinkId: SinkId;
  readonly state: 'visible' | 'failed';
  readonly written: number;
  readonly superseded: number;
  readonly quarantined: number;
  readonly changed: number;
  readonly at: string;
  readonly cause?: string;
}

/** What the queue is told of an accepted request: the inverse of `receiptOfBatch`. */
export function batchHeaderOf(receipt: Receipt): BatchHeader {
  return {
    batchId: receipt.batchId,
    receiptId: receipt.id,
    tenantId: receipt.tenantId,
    databaseId: receipt.databaseId,
    tableId: receipt.tableId,
    sinkId: receipt.sinkId,
    version: receipt.version,
    mappingRevision: receipt.mappingRevision,
    acceptedAt: receipt.queuedAt,
    received: receipt.received,
    accepted: receipt.accepted,
    rejected: receipt.exceptions.map(({ position }) => position),
  };
}

/** The receipt of a batch, made again from the batch's header: for an accept that crashed before it stored its own. */
export function receiptOfBatch(header: BatchHeader, exceptions: readonly RecordException[]): Receipt {
  const { receiptId, acceptedAt, rejected, redriven: _, ...facts } = header;
  return {
    ...facts,
    id: receiptId,
    state: header.accepted > 0 ? 'queued' : 'rejected',
    rejected: rejected.length,
    dropped: header.received - header.accepted - rejected.length,
    exceptions,
    queuedAt: acceptedAt,
  };
}
