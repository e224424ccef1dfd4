import { type Batch, type BatchHeader, decodeBatch } from '../domain/batch.ts';
import type { ArchiveId } from '../domain/ids.ts';
import { parseKeepingDigits } from '../domain/json/exact-json.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import { type RecordException, receiptOfBatch } from '../domain/receipt.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { quarantineId } from '../ports/catalog/segments.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueuedMessage } from './write-batch.ts';

export interface BuryPorts {
  readonly catalog: Pick<Catalog, 'findReceipt' | 'addArchived' | 'addQuarantined' | 'closeReceipts'>;
  readonly objects: ObjectStore;
  readonly clock: Clock;
}

/** Where messages that even this process cannot read are kept. */
const unreadableFolder = 'unreadable-messages';

/**
 * Keeps a dead-lettered batch for good: its body goes to the archive, its records to quarantine, and its receipt fails,
 * naming why. Only then may the message be deleted. Again for the same batch changes nothing, nor does one for a batch
 * that was written after all, by a consumer slower than its lease.
 */
export async function buryBatch(ports: BuryPorts, message: QueuedMessage): Promise<void> {
  const batch = readable(message);
  if (!batch) {
    await ports.objects.putIfAbsent(`${unreadableFolder}/${message.messageId}`, new TextEncoder().encode(message.body));
    return;
  }
  const { header } = batch;
  const at = new Date(ports.clock.now()).toISOString();
  const { tenantId, sinkId, receiptId } = header;
  const receipt = await ports.catalog.findReceipt(tenantId, receiptId);
  if (receipt?.state === 'visible') return;
  const stored = await storedBody(ports.objects, batch);
  const records = stored ? recordsOfBatch(header, receipt?.exceptions ?? [], stored.body, at) : [];
  if (stored) {
    await ports.catalog.addArchived({
      id: header.batchId as string as ArchiveId,
      tenantId,
      sinkId,
      objectKey: stored.objectKey,
      receiptIds: [receiptId],
      bytes: stored.body.byteLength,
      reason: 'write_failed',
      at,
    });
    await ports.catalog.addQuarantined(records);
  }
  await ports.catalog.closeReceipts([
    {
      receipt: receiptOfBatch(header, []),
      result: {
        receiptId,
        sinkId,
        state: 'failed',
        written: 0,
        superseded: 0,
        quarantined: records.filter(({ reason }) => reason === writeFailed.reason).length,
        changed: 0,
        at,
        cause: stored ? keptCause : lostCause,
      },
    },
  ]);
}

const keptCause =
  'The batch could not be written after all attempts; its records are in quarantine and its body in the archive.';
const lostCause =
  'The batch could not be written after all attempts, and its body, which was kept apart from it, is no longer there.';

/**
 * The body of a batch, in the object store for good.
 * @returns undefined when the object that held it is gone: a receipt that waited for it would wait for ever
 */
async function storedBody(
  objects: ObjectStore,
  { header, payload }: Batch,
): Promise<{ readonly objectKey: string; readonly body: Uint8Array } | undefined> {
  if (payload.kind === 'object') {
    const body = await objects.get(payload.objectKey);
    return body && { objectKey: payload.objectKey, body };
  }
  const objectKey = `dead-letters/${header.tenantId}/${header.batchId}`;
  const body = new TextEncoder().encode(payload.body);
  await objects.putIfAbsent(objectKey, body);
  return { objectKey, body };
}

function readable(message: QueuedMessage): Batch | undefined {
  try {
    return decodeBatch(message.body);
  } catch {
    return undefined;
  }
}

const writeFailed = {
  reason: 'write_failed' as const,
  pointer: '',
  message: 'the batch could not be written after all attempts',
};

/**
 * The records without mapping them: whatever is wrong with this batch must not stop its burial. Those that accept refused
 * keep its reasons, which the receipt has; without one (nobody was answered then) they are left out.
 */
function recordsOfBatch(
  { receiptId, tenantId, sinkId, mappingRevision, rejected }: BatchHeader,
  exceptions: readonly RecordException[],
  body: Uint8Array,
  at: string,
): QuarantineEntry[] {
  const refused = new Set(rejected);
  const refusals = new Map(exceptions.map((exception) => [exception.position, exception]));
  return recordTexts(new TextDecoder().decode(body)).flatMap((record, position) => {
    const why = refused.has(position) ? refusals.get(position) : writeFailed;
    if (!why) return [];
    const { reason, pointer, message } = why;
    const id = quarantineId(receiptId, position);
    return [{ id, tenantId, sinkId, receiptId, position, reason, pointer, message, mappingRevision, record, at }];
  });
}

function recordTexts(body: string): string[] {
  try {
    const { records } = parseKeepingDigits(body) as { records: readonly unknown[] };
    return records.map((record) => JSON.stringify(record));
  } catch {
    return [];
  }
}
