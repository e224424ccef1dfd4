import type { ArchiveId, QuarantineId, ReceiptId, SinkId, TenantId } from './ids.ts';
import type { ReasonCode } from './reasons.ts';

/** One rejected or dead-lettered record with why, so that it can be looked at, mended and replayed. */
export interface QuarantineEntry {
  readonly id: QuarantineId;
  readonly tenantId: TenantId;
  readonly sinkId: SinkId;
  readonly receiptId: ReceiptId;
  readonly position: number;
  readonly reason: ReasonCode;
  readonly pointer: string;
  readonly message: string;
  readonly mappingRevision: number;
  /** The record as it came, as JSON text. */
  readonly record: string;
  readonly at: string;
}

/** One archive object: accepted bodies of a flush, or the body of a dead-lettered batch. */
export interface ArchiveEntry {
  readonly id: ArchiveId;
  readonly tenantId: TenantId;
  readonly sinkId: SinkId;
  readonly objectKey: string;
  readonly receiptIds: readonly ReceiptId[];
  readonly bytes: number;
  /** Why it is here when it was not merged. */
  readonly reason?: ReasonCode;
  readonly at: string;
}
