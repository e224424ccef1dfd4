import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { makeDuckDbQueryEngine } from '../../lambdas/adapters/duckdb/query-engine.ts';
import { makeDuckDbSegmentFiles } from '../../lambdas/adapters/duckdb/segment-files.ts';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { makeTurnIntake } from '../../lambdas/adapters/embedded/turn-intake.ts';
import { visibleRow } from '../../lambdas/domain/merge.ts';
import { shapeOf, type Table } from '../../lambdas/domain/table.ts';
import type { BatchQueues, LeasedMessage } from '../../lambdas/ports/batch-queue.ts';
import type { ObjectStore } from '../../lambdas/ports/object-store.ts';
import { makeTestClock } from '../conformance/open-test-stores.ts';
import type { HistoryPlace } from '../property/histories/history-place.ts';
import { makeClockIds } from './clock-ids.ts';
import { makeMemoryObjects } from './memory-objects.ts';
import { makeMemorySegments } from './memory-segments.ts';
import { sqlRows } from './sql-rows.ts';

/** Longer than any history takes. */
const leaseMs = 1e12;

/** Places over one set of embedded stores, which differ in where segments are. */
export interface EmbeddedHistories {
  /** Segments and objects in memory. */
  readonly quick: HistoryPlace;
  /** Segments as Parquet in files, rows by SQL. */
  readonly whole: HistoryPlace;
  close(): Promise<void>;
}

/** Opens the embedded stores in a folder of their own, in memory where there is one. */
export function openEmbeddedHistories(): EmbeddedHistories {
  const directory = mkdtempSync(join(quickFolder(), 'headgate-histories-'));
  const clock = makeTestClock();
  const ids = makeClockIds(clock);
  const stores = openEmbeddedStores(directory, { clock, ids });
  const rowStore = makeSqliteRowStore(join(directory, 'rows'));
  const catalog = makeCatalog(stores.items);
  const shared = { catalog, rowStore, queue: stores.queues.queue, versions: stores.versions };
  const base = {
    ...{ clock, ids, ...messagesOf(stores.queues) },
    makeIntake: ({ queue, catalog: receipts }: HistoryPlace['ports']) => makeTurnIntake(queue, receipts),
  };
  const objects = makeMemoryObjects(clock);
  return {
    quick: { ...base, ...inMemory(objects, { ...shared, objects }) },
    whole: { ...base, ...asParquet(directory, { ...shared, objects: stores.objects }) },
    async close() {
      rowStore.close();
      await stores.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Where Linux keeps files in memory. */
const memoryFolder = '/dev/shm';
/** Free bytes from which it is used: thirty times what 250 histories take. */
const memoryBytesMin = 536_870_912;

/** No history is a test of disks, and waiting for them takes more time than all else. */
function quickFolder(): string {
  if (process.env['TMPDIR']) return tmpdir();
  try {
    accessSync(memoryFolder, constants.W_OK);
    const { bavail, bsize } = statfsSync(memoryFolder);
    return bavail * bsize >= memoryBytesMin ? memoryFolder : tmpdir();
  } catch {
    return tmpdir();
  }
}

type SegmentParts = Pick<HistoryPlace, 'ports' | 'rowsOfSegments' | 'shows' | 'forget'>;
type PortsBesides = Omit<HistoryPlace['ports'], 'segmentFiles'>;

function inMemory(objects: ObjectStore, besides: PortsBesides): SegmentParts {
  const segmentFiles = makeMemorySegments((key) => objects.get(key));
  return {
    ports: { ...besides, segmentFiles },
    async rowsOfSegments(table) {
      const states = await segmentFiles.read(shapeOf(table), await besides.catalog.currentSegments(table.id));
      const rows = [...states.values()].flatMap((state) => visibleRow(state, table.columns) ?? []);
      return new Map(rows.map(({ key, values }) => [key, values]));
    },
    shows: 'cells',
    async forget({ id }) {
      await besides.rowStore.drop(id);
      segmentFiles.forget();
    },
  };
}

function asParquet(directory: string, besides: PortsBesides): SegmentParts {
  const readObject = (key: string) => besides.objects.get(key);
  const segmentFiles = makeDuckDbSegmentFiles({ readObject, temporaryDirectory: directory, threads: 1 });
  const engine = makeDuckDbQueryEngine({ readObject, cacheDirectory: join(directory, 'cache'), threads: 1 });
  return {
    ports: { ...besides, segmentFiles },
    rowsOfSegments: async (table) => sqlRows(engine, table, await besides.catalog.currentSegments(table.id)),
    shows: 'sql',
    forget: ({ id }: Table) => besides.rowStore.drop(id),
  };
}

/** Messages are leased for good as soon as they are there; who has them decides when they are delivered. */
function messagesOf({ queue }: BatchQueues): Pick<HistoryPlace, 'newMessages' | 'acknowledge'> {
  const handles = new Map<string, string>();
  return {
    async newMessages() {
      const leased: readonly LeasedMessage[] = await queue.receive({ messagesMax: 100, bytesMax: 1e9, leaseMs });
      for (const { messageId, handle } of leased) handles.set(messageId, handle);
      return leased;
    },
    async acknowledge(messages) {
      const held = messages.flatMap(({ messageId }) => handles.get(messageId) ?? []);
      for (const { messageId } of messages) handles.delete(messageId);
      if (held.length > 0) await queue.acknowledge(held);
    },
  };
}
