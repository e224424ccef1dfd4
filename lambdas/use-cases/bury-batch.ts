import { archiveIdOf } from '../domain/archive.ts';
import { type Batch, type BatchHeader, decodeBatch, positionOf, quarantinedAs } from '../domain/batch.ts';
import { parseKeepingDigits } from '../domain/json/exact-json.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import { type BatchResult, type RecordException, receiptOfBatch } from '../domain/receipt.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { quarantineId } from '../ports/catalog/segments.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { archiveEntry } from './archive-bodies.ts';
import { reopenMinutes } from './reopen-minutes.ts';
import type { QueuedMessage } from './write-batch.ts';

export interface BuryPorts {
  readonly catalog: Pick<
    Catalog,
    | 'findReceipt'
    | 'findArchived'
    | 'addArchived'
    | 'saveArchived'
    | 'reopenMinutes'
    | 'addQuarantined'
    | 'removeQuarantined'
    | 'closeReceipts'
  >;
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
    await archive(ports, header, { objectKey: stored.objectKey, bytes: stored.body.byteLength }, at);
    await reopenMinutes(ports, [header]);
    await ports.catalog.addQuarantined(records);
  }
  const result: BatchResult = {
    receiptId,
    sinkId,
    state: 'failed',
    written: 0,
    superseded: 0,
    quarantined: records.length === 0 ? 0 : records.length - header.rejected.length,
    changed: 0,
    at,
    cause: stored ? keptCause : lostCause,
  };
  await ports.catalog.closeReceipts([{ receipt: receiptOfBatch(header, []), result }]);
  const end = await ports.catalog.findReceipt(tenantId, receiptId);
  if (end?.state === 'visible') await exhume(ports, header, records);
}

/** It was written while it was being buried, by a consumer slower than its lease: then it is no dead letter. */
async function exhume({ catalog }: BuryPorts, header: BatchHeader, records: readonly QuarantineEntry[]): Promise<void> {
  const failed = records.filter(({ reason }) => reason === writeFailed.reason);
  await catalog.removeQuarantined(
    header.sinkId,
    failed.map(({ id }) => id),
  );
  const entry = await catalog.findArchived(header.tenantId, header.sinkId, archiveIdOf(header.batchId));
  if (entry?.reason === undefined) return;
  const { reason: _, ...kept } = entry;
  await catalog.saveArchived(kept);
}

const keptCause =
  'The batch could not be written after all attempts; its records are in quarantine and its body in the archive.';
const lostCause =
  'The batch could not be written after all attempts, and its body, which was kept apart from it, is no longer there.';

/**
 * Its body is in the archive as a dead letter: also where the consumer had put it there and failed after that. What it was
 * to make of its records counts as made, because some of it may be.
 */
async function archive(
  { catalog }: BuryPorts,
  header: BatchHeader,
  body: { readonly objectKey: string; readonly bytes: number },
  at: string,
): Promise<void> {
  const found = await catalog.findArchived(header.tenantId, header.sinkId, archiveIdOf(header.batchId));
  if (found?.reason !== undefined) return;
  const own = found?.objectKey === undefined ? body : {};
  if (found) await catalog.saveArchived({ ...found, ...own, reason: writeFailed.reason });
  else {
    const applied = [{ revision: header.mappingRevision, except: header.rejected }];
    const more = { applied, reason: writeFailed.reason, ...(header.replayed && { ofReplay: true as const }) };
    await catalog.addArchived([archiveEntry(header, body, at, more)]);
  }
}

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
 * keep its reasons, which the receipt has. Without one (nobody was answered then) they are kept as the others are; a
 * redrive finds out what is wrong with them.
 */
function recordsOfBatch(
  header: BatchHeader,
  exceptions: readonly RecordException[],
  body: Uint8Array,
  at: string,
): QuarantineEntry[] {
  const { tenantId, sinkId, mappingRevision, version } = header;
  const request = quarantinedAs(header);
  const refusals = new Map(exceptions.map(({ column: _, ...exception }) => [exception.position, exception]));
  return recordTexts(new TextDecoder().decode(body)).map((record, place) => {
    const position = positionOf(header, place);
    const why = refusals.get(position) ?? { ...writeFailed, position };
    const id = quarantineId(request.receiptId, position);
    return { id, tenantId, sinkId, ...request, ...why, mappingRevision, version, record, at };
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
