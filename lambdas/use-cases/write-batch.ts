import { type AppliedRevision, type ArchiveEntry, batchIdOf } from '../domain/archive.ts';
import { type BatchHeader, decodeBatch } from '../domain/batch.ts';
import type { BatchId, SegmentId, SinkId } from '../domain/ids.ts';
import { consumerAnswerMs, flushMsMin, recordsBodyInflatedBytesMax } from '../domain/limits.ts';
import { receiptOfBatch } from '../domain/receipt.ts';
import type { RowState } from '../domain/row.ts';
import { segmentKey } from '../domain/segment.ts';
import { shapeOf, type Table, type TableShape } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type RowStore, RowStoreBusy } from '../ports/row-store.ts';
import type { SegmentFiles } from '../ports/segment-files.ts';
import { archiveEntries, storeBodies } from './archive-bodies.ts';
import { type MergedRows, tableGoneResult, visibleResult } from './batch-results.ts';
import { type LoadedMapping, makeCompiledMappings } from './compiled-mappings.ts';
import { exceptionsOfBatch, type MappedBatch, mapBatch, mapOperations, recordsOfBatch } from './map-batch.ts';
import { mergeRecords } from './merge-records.ts';
import { type Delivery, planFlushes } from './plan-flushes.ts';
import { type RereadableBatch, refuseRows } from './refuse-rows.ts';
import { refusedRecords } from './refused-records.ts';
import { reopenMinutes } from './reopen-minutes.ts';
import type { EarlierMapping } from './row-reader.ts';
import { settleSentAgain } from './settle-sent-again.ts';
import { OutOfTime, withinTime } from './within-time.ts';

export interface WritePorts {
  readonly catalog: Pick<
    Catalog,
    | 'findTable'
    | 'findMapping'
    | 'addSegment'
    | 'addArchived'
    | 'findArchivedOf'
    | 'saveArchived'
    | 'reopenMinutes'
    | 'addQuarantined'
    | 'removeQuarantined'
    | 'closeReceipts'
  >;
  readonly rowStore: Pick<RowStore, 'merge' | 'get'>;
  readonly segmentFiles: Pick<SegmentFiles, 'write'>;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Unpacks a message's body; called again for a body that is wanted later. Bodies are as they are, unless given. */
  readonly readMessage?: (body: string) => string;
}

export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
}

export interface WriteResult {
  /** Messages to be delivered again; all others are done for good. */
  readonly failed: readonly { readonly messageId: string; readonly cause: unknown }[];
}

export type WriteBatches = (
  messages: readonly QueuedMessage[],
  /** When the caller's time is up, in milliseconds since 1970; never, unless given. */
  options?: { readonly deadlineMs?: number },
) => Promise<WriteResult>;

interface Failed {
  readonly messageId: string;
  readonly cause: unknown;
}

/**
 * Writes queued batches: those of one table are mapped, merged into the row store and stored as one segment together;
 * only when both are durable do their receipts become visible. May run any number of times for one batch, in any order.
 * When a flush fails, its batches are tried one by one, so that a bad one fails alone. What there is no time for is to be
 * delivered again, and takes no other down with it.
 */
export function makeWriteBatches(ports: WritePorts): WriteBatches {
  const loadMapping = makeCompiledMappings(ports.catalog);
  return async (messages, { deadlineMs = Number.POSITIVE_INFINITY } = {}) => {
    const failed: Failed[] = [];
    const deliveries = messages.flatMap((message): Delivery[] => {
      try {
        return [deliveryOf(ports, message)];
      } catch (cause) {
        failed.push({ messageId: message.messageId, cause });
        return [];
      }
    });
    for (const group of planFlushes(deliveries)) {
      failed.push(...(await flushOrUnroll({ ports, loadMapping, deadlineMs }, group)));
    }
    return { failed };
  };
}

function deliveryOf({ readMessage = (body) => body }: WritePorts, { messageId, body }: QueuedMessage): Delivery {
  const text = readMessage(body);
  const { header, payload } = decodeBatch(text);
  const size = payload.kind === 'records' ? text.length : recordsBodyInflatedBytesMax;
  return { messageId, header, size, read: () => decodeBatch(readMessage(body)) };
}

type LoadMapping = (sinkId: SinkId, revision: number) => Promise<LoadedMapping | undefined>;

interface Writing {
  readonly ports: WritePorts;
  readonly loadMapping: LoadMapping;
  readonly deadlineMs: number;
}

async function flushOrUnroll(writing: Writing, group: readonly Delivery[]): Promise<readonly Failed[]> {
  const { ports, loadMapping, deadlineMs } = writing;
  const timeMs = deadlineMs - ports.clock.now();
  const all = (cause: unknown) => group.map(({ messageId }) => ({ messageId, cause }));
  if (timeMs < flushMsMin) return all(new OutOfTime('no time was left to begin it'));
  try {
    await withinTime(flush(ports, loadMapping, group), timeMs - consumerAnswerMs);
    return [];
  } catch (cause) {
    // One by one they would meet the same want of time or capacity.
    if (group.length === 1 || cause instanceof OutOfTime || cause instanceof RowStoreBusy) return all(cause);
    const failed: Failed[] = [];
    for (const delivery of group) failed.push(...(await flushOrUnroll(writing, [delivery])));
    return failed;
  }
}

async function flush(ports: WritePorts, loadMapping: LoadMapping, group: readonly Delivery[]): Promise<void> {
  const { tenantId, tableId } = group[0]!.header;
  const table = await ports.catalog.findTable(tenantId, tableId);
  const mapped = await mapAll(ports, loadMapping, group, table);
  const [{ batches, merged }, bodies] = await Promise.all([
    table ? write(ports, table, mapped) : { batches: mapped, merged: nothingMerged },
    storeBodies(
      ports,
      mapped.map(({ read }) => read()),
    ),
  ]);
  const at = new Date(ports.clock.now()).toISOString();
  const before = await noteStored(ports.catalog, batches, archiveEntries(batches, bodies, at), at);
  await reopenMinutes(
    ports,
    batches.map(({ header }) => header),
  );
  for (const batch of batches) await settleSentAgain(ports.catalog, batch, before.get(batch.header.batchId));
  await ports.catalog.closeReceipts(
    batches.map((batch) => ({
      receipt: receiptOfBatch(batch.header, exceptionsOfBatch(batch)),
      result: table ? visibleResult(batch, merged, at) : tableGoneResult(batch, at),
    })),
  );
}

/**
 * Puts refused records into quarantine, then bodies into the archive's index: only for batches that are not there yet. A
 * message that comes once more, weeks later perhaps, must not bring back what somebody has settled meanwhile. Of a dead
 * letter that is written after all, what is refused gets its own reason in the place of that of the batch.
 * @returns the entries that were there
 */
async function noteStored(
  catalog: WritePorts['catalog'],
  batches: readonly MappedBatch[],
  entries: readonly ArchiveEntry[],
  at: string,
): Promise<ReadonlyMap<BatchId, ArchiveEntry>> {
  const found = (await catalog.findArchivedOf(entries)).filter((entry) => entry !== undefined);
  const before = new Map(found.map((entry) => [batchIdOf(entry.id), entry]));
  const fresh = batches.filter(({ header: { batchId } }) => {
    const entry = before.get(batchId);
    return entry === undefined || entry.reason !== undefined;
  });
  await catalog.addQuarantined(fresh.flatMap((batch) => refusedRecords(batch, at)));
  await catalog.addArchived(entries.filter(({ id }) => !before.has(batchIdOf(id))));
  return before;
}

const nothingMerged: MergedRows = { winners: new Map(), standing: new Map() };

async function mapAll(
  ports: WritePorts,
  loadMapping: LoadMapping,
  group: readonly Delivery[],
  table: Table | undefined,
): Promise<RereadableBatch[]> {
  const batches: RereadableBatch[] = [];
  for (const { read } of group) {
    const batch = read();
    if (batch.header.operations) {
      batches.push({ ...(await mapOperations(batch, table, ports.objects)), read, records: async () => [] });
      continue;
    }
    const loaded = await mappingOf(loadMapping, batch.header, batch.header.mappingRevision);
    const earlier: EarlierMapping[] = [];
    for (const { revision, except } of earlierRevisions(batch.header))
      earlier.push({ ...(await mappingOf(loadMapping, batch.header, revision)), except: new Set(except) });
    const records = () => recordsOfBatch(read(), loaded, ports.objects);
    batches.push({ ...(await mapBatch(batch, loaded, table, ports.objects, earlier)), read, records });
  }
  return batches;
}

function earlierRevisions({ replayed, mappingRevision }: BatchHeader): readonly AppliedRevision[] {
  return replayed?.applied?.filter(({ revision }) => revision < mappingRevision) ?? [];
}

async function mappingOf(loadMapping: LoadMapping, { sinkId }: BatchHeader, revision: number): Promise<LoadedMapping> {
  const loaded = await loadMapping(sinkId, revision);
  if (!loaded) throw new Error(`no mapping ${revision} of sink ${sinkId}`);
  return loaded;
}

/**
 * Merges, and stores what was merged as a segment. Records that do not fit into their row are refused in the returned
 * batches.
 */
async function write(ports: WritePorts, table: Table, mapped: readonly RereadableBatch[]) {
  const shape = shapeOf(table);
  const records = mapped.flatMap(({ rows, takenBack }) => (takenBack.length > 0 ? [...rows, ...takenBack] : rows));
  const { rows, winners, refused } = await mergeRecords(ports.rowStore, shape, records);
  if (rows.length > 0) await storeSegment(ports, table, rows);
  const merged: MergedRows = { winners, standing: await standingRows(ports, shape, rows, winners) };
  if (refused.size === 0) return { batches: mapped, merged };
  const batches: MappedBatch[] = [];
  for (const batch of mapped) batches.push(await refuseRows(batch, refused, table.columns));
  return { batches, merged };
}

/** The states of the rows that a merge did not change: few, but for batches that come again or late. */
async function standingRows(
  { rowStore }: WritePorts,
  shape: TableShape,
  rows: readonly RowState[],
  winners: MergedRows['winners'],
): Promise<MergedRows['standing']> {
  const keys = rows.flatMap(({ key }) => (winners.has(key) ? [] : [key]));
  const states = keys.length === 0 ? [] : await rowStore.get(shape, keys);
  return new Map(states.flatMap((state) => (state ? [[state.key, state]] : [])));
}

async function storeSegment(ports: WritePorts, table: Table, rows: readonly RowState[]): Promise<void> {
  const { body, ...stats } = await ports.segmentFiles.write(shapeOf(table), rows);
  const id = ports.ids.next<SegmentId>();
  const rowsKey = segmentKey(table.tenantId, table.id, id);
  await ports.objects.putIfAbsent(rowsKey, body);
  const createdAt = new Date(ports.clock.now()).toISOString();
  await ports.catalog.addSegment({ id, tableId: table.id, rowsKey, ...stats, createdAt });
}
