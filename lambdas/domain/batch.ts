import type { AppliedRevision } from './archive.ts';
import type { BatchId, DatabaseId, ReceiptId, SinkId, TableId, TenantId } from './ids.ts';
import type { Version } from './version.ts';

/** Where records come from that a replay sends again: they keep the places in the order that they were accepted with. */
export interface ReplayedFrom {
  /** Receipt and batch of the request that first brought them; `version` is its version. */
  readonly receiptId: ReceiptId;
  readonly batchId: BatchId;
  /** Of each record, its place in that request; the body is that request's own, where absent. */
  readonly positions?: readonly number[];
  /**
   * There for a replay into the sink that they came through: the revisions that have made rows of them, which this one
   * takes back. Only such a replay settles what is in quarantine.
   */
  readonly applied?: readonly AppliedRevision[];
}

/** What a queue message says of its batch; the body follows it (see `encodeBatch`). */
export interface BatchHeader {
  readonly batchId: BatchId;
  readonly receiptId: ReceiptId;
  readonly tenantId: TenantId;
  readonly databaseId: DatabaseId;
  readonly tableId: TableId;
  readonly sinkId: SinkId;
  readonly version: Version;
  readonly mappingRevision: number;
  readonly acceptedAt: string;
  readonly received: number;
  readonly accepted: number;
  /** Positions not to be written, for the reasons that the receipt holds. The writer maps again and must agree. */
  readonly rejected: readonly number[];
  /** Sent again from the dead letters: its records are in quarantine until it is written. */
  readonly redriven?: true;
  readonly replayed?: ReplayedFrom;
  /** The body is a list of row operations and not of records; they come through no sink, and `sinkId` is the table's id. */
  readonly operations?: true;
}

/** Place of a record in the request that first brought it: what versions and quarantine count by. */
export function positionOf({ replayed }: Pick<BatchHeader, 'replayed'>, place: number): number {
  return replayed?.positions?.[place] ?? place;
}

/** The request whose records in quarantine a batch settles: a replay into the same sink leaves no entries of its own. */
export function quarantinedAs({
  receiptId,
  batchId,
  replayed,
}: BatchHeader): Pick<BatchHeader, 'receiptId' | 'batchId'> {
  return replayed?.applied ? { receiptId: replayed.receiptId, batchId: replayed.batchId } : { receiptId, batchId };
}

/** `records`: the request body as sent (after gzip). `object`: too large for a message, kept under this key. */
export type BatchPayload =
  | { readonly kind: 'records'; readonly body: string }
  | { readonly kind: 'object'; readonly objectKey: string };

export interface Batch {
  readonly header: BatchHeader;
  readonly payload: BatchPayload;
}

/**
 * A message body: one line of JSON, then the payload as it is. The payload is the bulk of it and is not escaped, so
 * that encoding and decoding cost no pass over it.
 */
export function encodeBatch(batch: Batch): string {
  const { header, payload } = batch;
  return payload.kind === 'records'
    ? `${JSON.stringify({ header, payload: 'records' })}\n${payload.body}`
    : `${JSON.stringify({ header, payload: 'object' })}\n${payload.objectKey}`;
}

/** The inverse of `encodeBatch`; throws on a body that it did not make. */
export function decodeBatch(message: string): Batch {
  const end = message.indexOf('\n');
  if (end < 0) throw new SyntaxError('a batch message has a header line');
  const { header, payload } = JSON.parse(message.slice(0, end)) as { header: BatchHeader; payload: string };
  const rest = message.slice(end + 1);
  if (payload === 'records') return { header, payload: { kind: 'records', body: rest } };
  if (payload === 'object') return { header, payload: { kind: 'object', objectKey: rest } };
  throw new SyntaxError(`unknown batch payload ${JSON.stringify(payload)}`);
}
