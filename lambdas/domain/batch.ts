import type { BatchId, DatabaseId, ReceiptId, SinkId, TableId, TenantId } from './ids.ts';
import type { Version } from './version.ts';

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
