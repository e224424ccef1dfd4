import { statSync } from 'node:fs';
import { openDatabase } from '../lambdas/adapters/duckdb/open-database.ts';
import { makeDuckDbSegmentFiles } from '../lambdas/adapters/duckdb/segment-files.ts';
import type { DatabaseId, SegmentId } from '../lambdas/domain/ids.ts';
import { columnPlaces, rowState } from '../lambdas/domain/merge/row-state.ts';
import { quoteText } from '../lambdas/domain/naming/quote-identifier.ts';
import type { RowState } from '../lambdas/domain/row.ts';
import { type Segment, segmentKey } from '../lambdas/domain/segment.ts';
import { shapeOf, type Table } from '../lambdas/domain/table.ts';
import { nextVersion, stamper, type VersionClock } from '../lambdas/domain/version.ts';
import { compactTable } from '../lambdas/use-cases/compact-table.ts';
import { createDatabase } from '../lambdas/use-cases/create-database.ts';
import { createTable } from '../lambdas/use-cases/create-table.ts';
import { residentMegabytes } from './ingest-targets.ts';
import { dataMacros, eventColumns, finalRows, isUpdated, mappedEvent, rowsPerUpdate } from './query-data.ts';
import { caller, openStore, peerFile, type Store, type TableState, tableNames } from './query-store.ts';

/** What a loaded folder holds. */
export interface LoadedEvents {
  readonly rows: number;
  readonly seed: number;
  readonly databaseId: DatabaseId;
  /** Of the segment files that a query of the whole table reads, and of the peer's file. */
  readonly bytes: Readonly<Record<TableState | 'peer', number>>;
  readonly loadSeconds: { readonly segments: number; readonly compactions: number; readonly rows: number };
  readonly loadPeakMegabytes: number;
}

/** Segments that hold the updates. */
export const unmergedSegments = 200;
/** Segments of the first writes, unless those got smaller than `flushRowsMin`. */
const flushes = 100;
const flushRowsMin = 1_000;
/** When the first flush was accepted, in milliseconds since 1970. */
const firstVersionMs = 1_767_225_600_000;

/**
 * Fills a folder: the rows in flushes, a tenth of them once more in `unmergedSegments` flushes that each meet keys from
 * everywhere; states, segment files, catalog and compactions are the consumer's and the compactor's own. One table is
 * compacted before the updates, and one after. The files that both name are shared: nothing here removes any.
 */
export async function loadEvents(folder: string, rows: number, seed: number): Promise<LoadedEvents> {
  const store = openStore(folder);
  try {
    const { id: databaseId } = await createDatabase(store.ports, caller, { name: 'bench', shape: '8GB' });
    const [compacted, unmerged] = [
      await newTable(store, databaseId, 'compacted'),
      await newTable(store, databaseId, 'unmerged'),
    ];
    const writer = makeWriter(store, unmerged, seed);
    const startedAt = performance.now();
    const first: Segment[] = [];
    const flushRows = Math.max(flushRowsMin, Math.ceil(rows / flushes));
    for (let from = 0; from < rows; from += flushRows) {
      const keys = Array.from({ length: Math.min(flushRows, rows - from) }, (_, i) => from + i);
      first.push(await writer.flush(keys, false));
    }
    const updates: Segment[] = [];
    const updated = updatedKeys(rows, seed);
    for (let i = 0; i < unmergedSegments; i++)
      updates.push(
        await writer.flush(
          updated.filter((_, j) => j % unmergedSegments === i),
          true,
        ),
      );
    const writtenAt = performance.now();
    await register(store, compacted, [...first, ...updates]);
    await compact(store, writer, compacted);
    await register(store, unmerged, first);
    await compact(store, writer, unmerged);
    await register(store, unmerged, updates);
    const compactedAt = performance.now();
    await writePeerFile(folder, rows, seed);
    return {
      rows,
      seed,
      databaseId,
      bytes: {
        compacted: await bytesOf(store, compacted),
        unmerged: await bytesOf(store, unmerged),
        peer: statSync(peerFile(folder)).size,
      },
      loadSeconds: {
        segments: (writtenAt - startedAt) / 1_000 - writer.rowStoreSeconds(),
        compactions: (compactedAt - writtenAt) / 1_000,
        rows: writer.rowStoreSeconds(),
      },
      loadPeakMegabytes: (await residentMegabytes(process.pid))?.peak ?? 0,
    };
  } finally {
    await store.close();
  }
}

function newTable({ ports }: Store, databaseId: DatabaseId, state: TableState): Promise<Table> {
  return createTable(ports, caller, {
    databaseId,
    name: tableNames[state],
    description: '',
    keyType: 'id',
    trackExistence: true,
    columns: Object.entries(eventColumns).map(([name, type]) => ({ name, type })),
  });
}

function updatedKeys(rows: number, seed: number): readonly number[] {
  const keys: number[] = [];
  for (let n = 0; n < rows; n++) if (isUpdated(n, seed)) keys.push(n);
  if (keys.length !== Math.floor(rows / rowsPerUpdate)) throw new Error('give a multiple of ten as --rows');
  return keys;
}

/** Makes segments of flushes. Rows that are updated go to the row store too: all of them would take minutes. */
function makeWriter({ ports, paths }: Store, table: Table, seed: number) {
  const shape = shapeOf(table);
  const segmentFiles = makeDuckDbSegmentFiles({
    readObject: (key) => ports.objects.get(key),
    objectsDirectory: paths.objects,
    temporaryDirectory: paths.temporary,
  });
  const items = table.columns.map(({ id, name, type }) => ({ columnId: id, name, path: [name], type }));
  const places = columnPlaces(items, table.columns);
  let clock: VersionClock = { ms: firstVersionMs, counter: 0 };
  let rowStoreMs = 0;
  return {
    segmentFiles,
    rowStoreSeconds: () => rowStoreMs / 1_000,
    async flush(keys: readonly number[], isUpdate: boolean): Promise<Segment> {
      const next = nextVersion(clock, clock.ms + 1, 0, keys.length);
      clock = next.clock;
      const stampOf = stamper(next.version, 1);
      const rows = keys.map(
        (key, i): RowState => rowState(mappedEvent(key, seed, isUpdate), stampOf(i), items, table.columns, places),
      );
      const mergeFrom = performance.now();
      await ports.rowStore.merge(shape, isUpdate ? rows : rows.filter(({ key }) => isUpdated(key as number, seed)));
      rowStoreMs += performance.now() - mergeFrom;
      const { body, ...stats } = await segmentFiles.write(shape, rows);
      const id = ports.ids.next<SegmentId>();
      const rowsKey = segmentKey(table.tenantId, table.id, id);
      await ports.objects.putIfAbsent(rowsKey, body);
      return { id, tableId: table.id, rowsKey, ...stats, createdAt: new Date(ports.clock.now()).toISOString() };
    },
  };
}

async function register({ ports }: Store, { id: tableId }: Table, segments: readonly Segment[]): Promise<void> {
  for (const segment of segments) await ports.catalog.addSegment({ ...segment, tableId });
}

async function compact({ ports }: Store, { segmentFiles }: ReturnType<typeof makeWriter>, table: Table): Promise<void> {
  const place = { tenantId: table.tenantId, tableId: table.id };
  const all = { compactionSegmentsMin: 2, compactionBytesMax: Number.POSITIVE_INFINITY };
  await compactTable({ ...ports, segmentFiles, ...all }, place);
  const left = (await ports.catalog.currentSegments(table.id)).length;
  if (left !== 1) throw new Error(`compaction left ${left} segments`);
}

async function bytesOf({ ports }: Store, { id }: Table): Promise<number> {
  return (await ports.catalog.currentSegments(id)).reduce((sum, { bytes }) => sum + bytes, 0);
}

async function writePeerFile(folder: string, rows: number, seed: number): Promise<void> {
  const { connection, close } = await openDatabase(undefined, {});
  try {
    await connection.run(dataMacros(seed));
    await connection.run(`COPY (${finalRows(rows)}) TO ${quoteText(peerFile(folder))} (FORMAT parquet)`);
  } finally {
    close();
  }
}

if (import.meta.main) {
  const [, , folder, rows, seed] = process.argv;
  if (folder === undefined) throw new Error('usage: query-load.ts <folder> <rows> <seed>');
  process.stdout.write(`${JSON.stringify(await loadEvents(folder, Number(rows), Number(seed)))}\n`);
}
