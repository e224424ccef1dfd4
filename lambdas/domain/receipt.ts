import { type BatchHeader, positionOf, type ReplayedFrom } from './batch.ts';
import type { BatchId, DatabaseId, ReceiptId, SinkId, TableId, TenantId } from './ids.ts';
import type { RecordOutcome, Rejection } from './outcome.ts';
import type { Sink } from './sink.ts';
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
  /** Of a replay's batch: where its records come from. */
  readonly replayed?: ReplayedFrom;
  /** Of row operations: `sinkId` is the table's id. */
  readonly operations?: true;
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

/**
 * The receipt of a request as it is opened.
 * @param outcomes of all its records
 * @param replayed where the records come from, if they were here before; `position` counts as there
 */
export function openedReceipt(
  { tenantId, databaseId, tableId, id: sinkId }: Pick<Sink, 'tenantId' | 'databaseId' | 'tableId' | 'id'>,
  acceptance: Acceptance,
  outcomes: readonly RecordOutcome[],
  replayed?: ReplayedFrom,
): Receipt {
  const exceptions = exceptionsOf(outcomes, replayed);
  const dropped = outcomes.reduce((count, outcome) => count + (outcome.kind === 'dropped' ? 1 : 0), 0);
  const accepted = outcomes.length - exceptions.length - dropped;
  return {
    id: acceptance.receiptId,
    tenantId,
    databaseId,
    tableId,
    sinkId,
    batchId: acceptance.batchId,
    version: acceptance.version,
    mappingRevision: acceptance.mappingRevision,
    state: accepted > 0 ? 'queued' : 'rejected',
    received: outcomes.length,
    accepted,
    rejected: exceptions.length,
    dropped,
    exceptions,
    ...(replayed && { replayed }),
    queuedAt: acceptance.acceptedAt,
  };
}

/** The rejected records of a request with their positions. */
export function exceptionsOf(outcomes: readonly RecordOutcome[], replayed?: ReplayedFrom): RecordException[] {
  return outcomes.flatMap((outcome, place) => {
    if (outcome.kind !== 'rejected') return [];
    const { kind: _, ...rejection } = outcome;
    return [{ position: positionOf({ ...(replayed && { replayed }) }, place), ...rejection }];
  });
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
    ...(receipt.replayed && { replayed: receipt.replayed }),
    ...(receipt.operations && { operations: true }),
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
