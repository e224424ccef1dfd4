import { archiveIdOf } from '../domain/archive.ts';
import type { ReceiptId, TenantId } from '../domain/ids.ts';
import { batchHeaderOf, type Receipt } from '../domain/receipt.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Intake } from '../ports/intake.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { makeArchiveReader } from './archive-bodies.ts';

export interface RedrivePorts {
  readonly catalog: Pick<Catalog, 'findArchived' | 'findReceipt'>;
  readonly objects: Pick<ObjectStore, 'get'>;
  readonly intake: Intake;
}

/** `absent`: no such receipt, or its body is kept no longer. `not_failed`: it was written meanwhile, or never queued. */
export type Redriven = { readonly state: 'sent' | 'absent' | 'not_failed'; readonly receipt?: Receipt };

/**
 * Sends a failed batch to the queue again, with the version, receipt and mapping revision that it was accepted with: so
 * it takes its old place in the order, whatever was written since. Its receipt stays `failed` and its records in
 * quarantine until the writer has them in the table. Any number of times is harmless.
 */
export async function redriveBatch(
  { catalog, objects, intake }: RedrivePorts,
  { tenantId, receiptId }: { readonly tenantId: TenantId; readonly receiptId: ReceiptId },
): Promise<Redriven> {
  const receipt = await catalog.findReceipt(tenantId, receiptId);
  if (!receipt) return { state: 'absent' };
  if (receipt.state !== 'failed') return { state: 'not_failed', receipt };
  const entry = await catalog.findArchived(tenantId, receipt.sinkId, archiveIdOf(receipt.batchId));
  const body = entry && (await makeArchiveReader(objects)(entry));
  if (body === undefined) return { state: 'absent', receipt };
  const header = { ...batchHeaderOf(receipt), redriven: true } as const;
  await intake.take(receipt, { header, payload: { kind: 'records', body } });
  return { state: 'sent', receipt };
}
