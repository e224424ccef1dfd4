import { type Batch, decodeBatch } from '../domain/batch.ts';
import type { ArchiveId } from '../domain/ids.ts';
import { parseKeepingDigits } from '../domain/json/exact-json.ts';
import { receiptOfBatch } from '../domain/receipt.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { quarantineId } from '../ports/catalog/segments.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueuedMessage } from './write-batch.ts';

export interface BuryPorts {
  readonly catalog: Pick<Catalog, 'addArchived' | 'addQuarantined' | 'closeReceipts'>;
  readonly objects: ObjectStore;
  readonly clock: Clock;
}

/** Where messages that even this process cannot read are kept. */
const unreadableFolder = 'unreadable-messages';

/**
 * Keeps a dead-lettered batch for good: its body goes to the archive, its records to quarantine, and its receipt fails,
 * naming why. Only then may the message be deleted. Again for the same batch changes nothing.
 */
export async function buryBatch(ports: BuryPorts, message: QueuedMessage): Promise<void> {
  const batch = readable(message);
  if (!batch) {
    await ports.objects.putIfAbsent(`${unreadableFolder}/${message.messageId}`, new TextEncoder().encode(message.body));
    return;
  }
  const { header, payload } = batch;
  const at = new Date(ports.clock.now()).toISOString();
  const body = payload.kind === 'records' ? new TextEncoder().encode(payload.body) : undefined;
  const objectKey = payload.kind === 'object' ? payload.objectKey : `${header.tenantId}/dead-letters/${header.batchId}`;
  if (body) await ports.objects.putIfAbsent(objectKey, body);
  const { tenantId, sinkId, receiptId } = header;
  await ports.catalog.addArchived({
    id: header.batchId as string as ArchiveId,
    tenantId,
    sinkId,
    objectKey,
    receiptIds: [receiptId],
    bytes: body?.byteLength ?? 0,
    reason: 'write_failed',
    at,
  });
  await ports.catalog.addQuarantined(recordsOfBatch(batch, at));
  const cause =
    'The batch could not be written after all attempts; its records are in quarantine and its body in the archive.';
  await ports.catalog.closeReceipts([
    {
      receipt: receiptOfBatch(header, []),
      result: { receiptId, sinkId, state: 'failed', written: 0, superseded: 0, changed: 0, at, cause },
    },
  ]);
}

function readable(message: QueuedMessage): Batch | undefined {
  try {
    return decodeBatch(message.body);
  } catch {
    return undefined;
  }
}

/** The accepted records, without mapping them: whatever is wrong with this batch must not stop its burial. */
function recordsOfBatch({ header, payload }: Batch, at: string) {
  if (payload.kind !== 'records') return [];
  const refused = new Set(header.rejected);
  return recordTexts(payload.body).flatMap((record, position) =>
    refused.has(position)
      ? []
      : [
          {
            id: quarantineId(header.receiptId, position),
            tenantId: header.tenantId,
            sinkId: header.sinkId,
            receiptId: header.receiptId,
            position,
            reason: 'write_failed' as const,
            pointer: '',
            message: 'the batch could not be written after all attempts',
            mappingRevision: header.mappingRevision,
            record,
            at,
          },
        ],
  );
}

function recordTexts(body: string): string[] {
  try {
    const { records } = parseKeepingDigits(body) as { records: readonly unknown[] };
    return records.map((record) => JSON.stringify(record));
  } catch {
    return [];
  }
}
