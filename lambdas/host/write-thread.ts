import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { SQSEvent } from 'aws-lambda';
import { makeDuckDbSegmentFiles } from '../adapters/duckdb/segment-files.ts';
import { makeFileObjectStore } from '../adapters/embedded/file-object-store.ts';
import { makeSqliteRowStore } from '../adapters/embedded/sqlite-row-store.ts';
import { ulidSource } from '../adapters/system/ulid-source.ts';
import { type CompactEvent, makeCompactHandler } from '../handlers/compact/handler.ts';
import { makeConsumeHandler } from '../handlers/consume/handler.ts';
import { log, logFailure } from '../http/log.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { makeWriteBatches } from '../use-cases/write-batch.ts';
import type { EmbeddedPaths } from './embedded-paths.ts';
import type { HostParts } from './host-parts.ts';
import { lambdaContext } from './lambda-context.ts';
import { remotePort } from './port-proxy.ts';

/** What the main thread asks of a worker; one at a time. */
export type WorkerTask =
  | { readonly kind: 'consume'; readonly event: SQSEvent }
  | { readonly kind: 'compact'; readonly event: CompactEvent };

export interface WorkerSetup {
  readonly paths: EmbeddedPaths;
  readonly catalog: MessagePort;
}

/** What the Parquet writer may hold before it spills: many times a flush. More made compactions no faster. */
const parquetMemoryMegabytesMax = 128;

/**
 * Makes this thread one that writes: it owns connections to rows, objects and the Parquet writer, and reaches the
 * catalog, which the main thread alone may write, through messages.
 */
export function runWriteThread({ clock, standIn }: Pick<HostParts, 'clock' | 'standIn'>): void {
  const { paths, catalog: channel } = workerData as WorkerSetup;
  const catalog = standIn('catalog', remotePort<Catalog>(channel));
  const objects = standIn('objects', makeFileObjectStore(paths.objects));
  const rowStore = standIn('rowStore', makeSqliteRowStore(paths.rows));
  const segmentFiles = standIn(
    'segmentFiles',
    makeDuckDbSegmentFiles({
      readObject: (key) => objects.get(key),
      objectsDirectory: paths.objects,
      temporaryDirectory: paths.temporary,
      threads: 1,
      memoryMegabytesMax: parquetMemoryMegabytesMax,
    }),
  );
  const ports = { catalog, objects, rowStore, segmentFiles, clock, ids: ulidSource };
  const tasks = standIn('tasks', {
    consume: makeConsumeHandler({ clock, writeBatches: makeWriteBatches(ports), onFailure: logFailure('consume') }),
    // Files are read in place: only time bounds a merge.
    compact: makeCompactHandler({ ...ports, compactionBytesMax: Number.POSITIVE_INFINITY }, log),
  });

  parentPort!.on('message', async (task: WorkerTask) => {
    try {
      const value =
        task.kind === 'consume'
          ? await tasks.consume(task.event, lambdaContext('consume'))
          : await tasks.compact(task.event, lambdaContext('compact'));
      parentPort!.postMessage({ value });
    } catch (error) {
      logFailure(task.kind)('task', error);
      parentPort!.postMessage({ error: String(error) });
    }
  });
}
