import { encodeBatch } from '../domain/batch.ts';
import type { ArchiveId, SinkId, TenantId } from '../domain/ids.ts';
import { batchHeaderOf } from '../domain/receipt.ts';
import type { BatchQueue } from '../ports/batch-queue.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

export interface RedrivePorts {
  readonly catalog: Pick<Catalog, 'findArchived' | 'findReceipt'>;
  readonly queue: BatchQueue;
}

/** `absent`: no such dead letter, or its receipt has expired. `not_failed`: it was written meanwhile. */
export type Redriven = 'sent' | 'absent' | 'not_failed';

/**
 * Sends a dead-lettered batch to the queue again, with the version, receipt and mapping revision that it was accepted
 * with: so it takes its old place in the order, whatever was written since. Its receipt stays `failed` and its records in
 * quarantine until the writer has them in the table. Any number of times is harmless.
 */
export async function redriveBatch(
  { catalog, queue }: RedrivePorts,
  { tenantId, sinkId, archiveId }: { tenantId: TenantId; sinkId: SinkId; archiveId: ArchiveId },
): Promise<Redriven> {
  const entry = await catalog.findArchived(tenantId, sinkId, archiveId);
  const receiptId = entry?.reason === undefined ? undefined : entry.receiptIds[0];
  if (entry === undefined || receiptId === undefined) return 'absent';
  const receipt = await catalog.findReceipt(tenantId, receiptId);
  if (receipt === undefined) return 'absent';
  if (receipt.state !== 'failed') return 'not_failed';
  const header = { ...batchHeaderOf(receipt), redriven: true } as const;
  await queue.send(sinkId, encodeBatch({ header, payload: { kind: 'object', objectKey: entry.objectKey } }));
  return 'sent';
}
