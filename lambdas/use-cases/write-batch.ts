import { type Batch, decodeBatch } from '../domain/batch.ts';
import type { SegmentId, SinkId } from '../domain/ids.ts';
import { coalesce } from '../domain/merge.ts';
import { type BatchResult, receiptOfBatch } from '../domain/receipt.ts';
import type { RowState } from '../domain/row.ts';
import { segmentKey } from '../domain/segment.ts';
import { shapeOf, type Table } from '../domain/table.ts';
import type { Stamp } from '../domain/version.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { quarantineId } from '../ports/catalog/segments.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { RowStore } from '../ports/row-store.ts';
import type { SegmentFiles } from '../ports/segment-files.ts';
import { type LoadedMapping, makeCompiledMappings } from './compiled-mappings.ts';
import { exceptionsOfBatch, type MappedBatch, mapBatch } from './map-batch.ts';
import { refusedRecords } from './refused-records.ts';

export interface WritePorts {
  readonly catalog: Pick<
    Catalog,
    'findTable' | 'findMapping' | 'addSegment' | 'addQuarantined' | 'removeQuarantined' | 'closeReceipts'
  >;
  readonly rowStore: Pick<RowStore, 'merge'>;
  readonly segmentFiles: Pick<SegmentFiles, 'write'>;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
}

export interface WriteResult {
  /** Messages to be delivered again; all others are done for good. */
  readonly failed: readonly { readonly messageId: string; readonly cause: unknown }[];
}

export type WriteBatches = (messages: readonly QueuedMessage[]) => Promise<WriteResult>;

interface Delivery {
  readonly messageId: string;
  readonly batch: Batch;
}

/**
 * Writes queued batches: those of one table are mapped, merged into the row store and stored as one segment together;
 * only when both are durable do their receipts become visible. May run any number of times for one batch, in any order.
 * When a flush fails, its batches are tried one by one, so that a bad one fails alone.
 */
export function makeWriteBatches(ports: WritePorts): WriteBatches {
  const loadMapping = makeCompiledMappings(ports.catalog);
  return async (messages) => {
    const failed: { messageId: string; cause: unknown }[] = [];
    const deliveries = messages.flatMap(({ messageId, body }): Delivery[] => {
      try {
        return [{ messageId, batch: decodeBatch(body) }];
      } catch (cause) {
        failed.push({ messageId, cause });
        return [];
      }
    });
    for (const group of Map.groupBy(deliveries, ({ batch }) => batch.header.tableId).values()) {
      failed.push(...(await flushOrUnroll(ports, loadMapping, group)));
    }
    return { failed };
  };
}

type LoadMapping = (sinkId: SinkId, revision: number) => Promise<LoadedMapping | undefined>;

async function flushOrUnroll(ports: WritePorts, loadMapping: LoadMapping, group: readonly Delivery[]) {
  const failed: { messageId: string; cause: unknown }[] = [];
  try {
    await flush(ports, loadMapping, group);
  } catch (cause) {
    if (group.length === 1) return [{ messageId: group[0]!.messageId, cause }];
    for (const delivery of group) {
      failed.push(...(await flushOrUnroll(ports, loadMapping, [delivery])));
    }
  }
  return failed;
}

async function flush(ports: WritePorts, loadMapping: LoadMapping, group: readonly Delivery[]): Promise<void> {
  const { tenantId, tableId } = group[0]!.batch.header;
  const table = await ports.catalog.findTable(tenantId, tableId);
  const batches = await mapAll(ports, loadMapping, group, table);
  await ports.catalog.addQuarantined(batches.flatMap((batch) => refusedRecords(batch, ports.clock.now())));
  const rows = byKey(coalesce(batches.flatMap((batch) => batch.rows)));
  const winners = table ? await write(ports, table, rows) : none;
  const at = new Date(ports.clock.now()).toISOString();
  await ports.catalog.closeReceipts(
    batches.map((batch) => ({
      receipt: receiptOfBatch(batch.header, exceptionsOfBatch(batch)),
      result: table ? visible(batch, winners, at) : tableGone(batch, at),
    })),
  );
  for (const batch of batches) if (batch.header.redriven) await releaseQuarantined(ports, batch);
}

/** A redriven batch is written now: only what is refused stays in quarantine. */
async function releaseQuarantined({ catalog }: WritePorts, { header, refused }: MappedBatch): Promise<void> {
  const kept = new Set(refused.map(({ position }) => position));
  const positions = Array.from({ length: header.received }, (_, position) => position).filter(
    (position) => !kept.has(position),
  );
  await catalog.removeQuarantined(
    header.sinkId,
    positions.map((position) => quarantineId(header.receiptId, position)),
  );
}

/** Sorted once for both: stores write neighbours together, and a segment is sorted. */
function byKey(rows: RowState[]): RowState[] {
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}

const none: ReadonlyMap<unknown, RowState> = new Map();

async function mapAll(
  ports: WritePorts,
  loadMapping: LoadMapping,
  group: readonly Delivery[],
  table: Table | undefined,
): Promise<MappedBatch[]> {
  const batches: MappedBatch[] = [];
  for (const { batch } of group) {
    const { sinkId, mappingRevision } = batch.header;
    const loaded = await loadMapping(sinkId, mappingRevision);
    if (!loaded) throw new Error(`no mapping ${mappingRevision} of sink ${sinkId}`);
    batches.push(await mapBatch(batch, loaded, table, ports.objects));
  }
  return batches;
}

/** Merges and stores the segment; the returned rows are those that changed the row store. */
async function write(ports: WritePorts, table: Table, rows: readonly RowState[]): Promise<typeof none> {
  if (rows.length === 0) return none;
  const shape = shapeOf(table);
  const changed = await ports.rowStore.merge(shape, rows);
  const { body, ...stats } = await ports.segmentFiles.write(shape, rows);
  const id = ports.ids.next<SegmentId>();
  const rowsKey = segmentKey(table.tenantId, table.id, id);
  await ports.objects.putIfAbsent(rowsKey, body);
  const createdAt = new Date(ports.clock.now()).toISOString();
  await ports.catalog.addSegment({ id, tableId: table.id, rowsKey, ...stats, createdAt });
  return new Map(rows.filter((_, i) => changed[i]).map((row) => [row.key, row]));
}

/** A record was written when something of it is in a row that changed; else later writes had superseded it already. */
function visible(batch: MappedBatch, winners: ReadonlyMap<unknown, RowState>, at: string): BatchResult {
  const written = batch.rows.reduce((count, row) => {
    const winner = winners.get(row.key);
    return count + (winner && holds(winner, row.exists || row.tombstone) ? 1 : 0);
  }, 0);
  const { receiptId, sinkId } = batch.header;
  const superseded = batch.rows.length - written;
  return { receiptId, sinkId, state: 'visible', written, superseded, changed: batch.changed, at };
}

function holds(row: RowState, stamp: Stamp): boolean {
  if (row.exists === stamp || row.tombstone === stamp) return true;
  return row.cells.some((cell) => {
    if (cell === undefined) return false;
    if ('stamp' in cell) return cell.stamp === stamp;
    return cell.touched === stamp || cell.cleared === stamp || cell.members.values().some((op) => op.stamp === stamp);
  });
}

function tableGone({ header }: MappedBatch, at: string): BatchResult {
  const { receiptId, sinkId, tableId } = header;
  const cause = `Table ${tableId} was deleted before the batch was written; its records are in quarantine.`;
  return { receiptId, sinkId, state: 'failed', written: 0, superseded: 0, changed: 0, at, cause };
}
