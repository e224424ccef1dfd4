import type { ArchiveId, BatchId, ReceiptId, SinkId, TenantId } from './ids.ts';
import type { ReasonCode } from './reasons.ts';
import type { Version } from './version.ts';

/** A mapping revision under which a batch made rows: of all its records but those at the positions `except`. */
export interface AppliedRevision {
  readonly revision: number;
  readonly except: readonly number[];
}

/**
 * The body of one batch in the archive, with what it takes to replay it. That it is there also says that a delivery of the
 * batch has had its refused records put into quarantine.
 */
export interface ArchiveEntry {
  /** The batch's id: ids sort by the time of acceptance. */
  readonly id: ArchiveId;
  readonly tenantId: TenantId;
  readonly sinkId: SinkId;
  readonly receiptId: ReceiptId;
  /** Absent for the batch of a replay, whose body is that of the first request: until it is a dead letter. */
  readonly objectKey?: string;
  /** Where the body begins in an object of several, in bytes once that is unpacked; absent: the object is the body. */
  readonly offset?: number;
  /** Of the body. */
  readonly bytes: number;
  readonly records: number;
  /** Of the records, those that were accepted and those that failed validation. Absent in entries of before there were metrics. */
  readonly accepted?: number;
  readonly rejected?: number;
  readonly version: Version;
  readonly acceptedAt: string;
  /** By accepting and by replays into the same sink, oldest first. */
  readonly applied: readonly AppliedRevision[];
  /** Why it was not written, where it is a dead letter. */
  readonly reason?: ReasonCode;
  /** The batch of a replay: the entry of the request that first brought the records stands beside it. */
  readonly ofReplay?: true;
  readonly at: string;
  /** Changes with every save; a save with another revision than the stored one fails. */
  readonly revision: number;
}

/** A batch has its entry under its own id. */
export function archiveIdOf(batchId: BatchId): ArchiveId {
  return batchId as string as ArchiveId;
}

/** The inverse of `archiveIdOf`. */
export function batchIdOf(id: ArchiveId): BatchId {
  return id as string as BatchId;
}
