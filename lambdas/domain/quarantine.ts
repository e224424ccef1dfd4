import type { BatchId, QuarantineId, ReceiptId, SinkId, TenantId } from './ids.ts';
import type { ReasonCode } from './reasons.ts';
import type { Version } from './version.ts';

/** One rejected or dead-lettered record with why, so that it can be looked at, mended and replayed. */
export interface QuarantineEntry {
  readonly id: QuarantineId;
  readonly tenantId: TenantId;
  readonly sinkId: SinkId;
  readonly receiptId: ReceiptId;
  readonly batchId: BatchId;
  readonly position: number;
  readonly reason: ReasonCode;
  readonly pointer: string;
  readonly message: string;
  /** What came at the pointer, shortened, and what was wanted there; absent where the record itself is right. */
  readonly got?: string;
  readonly want?: string;
  /** Of the mapping that refused it last. */
  readonly mappingRevision: number;
  /** Version of the request that brought it: with `position` its place in the order. */
  readonly version: Version;
  /** The record as it came, as JSON text. */
  readonly record: string;
  /** The record as somebody mended it, as JSON text; it is accepted anew when it is replayed. */
  readonly edited?: string;
  readonly at: string;
}
