import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { SQSEvent } from 'aws-lambda';
import { makeDuckDbSegmentFiles } from '../adapters/duckdb/segment-files.ts';
import { makeFileObjectStore } from '../adapters/embedded/file-object-store.ts';
import { makeSqliteRowStore } from '../adapters/embedded/sqlite-row-store.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { ulidSource } from '../adapters/system/ulid-source.ts';
import { type CompactEvent, makeCompactHandler } from '../handlers/compact/handler.ts';
import { makeConsumeHandler } from '../handlers/consume/handler.ts';
import { log, logFailure } from '../http/log.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { makeWriteBatches } from '../use-cases/write-batch.ts';
import type { EmbeddedPaths } from './embedded-paths.ts';
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
 * A thread that writes: it owns connections to rows, objects and the Parquet writer, and reaches the catalog, which the
 * main thread alone may write, through messages.
 */
const { paths, catalog: channel } = workerData as WorkerSetup;
const catalog = remotePort<Catalog>(channel);
const objects = makeFileObjectStore(paths.objects);
const rowStore = makeSqliteRowStore(paths.rows);
const segmentFiles = makeDuckDbSegmentFiles({
  readObject: (key) => objects.get(key),
  objectsDirectory: paths.objects,
  temporaryDirectory: paths.temporary,
  threads: 1,
  memoryMegabytesMax: parquetMemoryMegabytesMax,
});
const ports = { catalog, objects, rowStore, segmentFiles, clock: systemClock, ids: ulidSource };
const consume = makeConsumeHandler({
  clock: systemClock,
  writeBatches: makeWriteBatches(ports),
  onFailure: logFailure('consume'),
});
// Files are read in place: only time bounds a merge.
const compact = makeCompactHandler({ ...ports, compactionBytesMax: Number.POSITIVE_INFINITY }, log);

parentPort!.on('message', async (task: WorkerTask) => {
  try {
    const value =
      task.kind === 'consume'
        ? await consume(task.event, lambdaContext('consume'))
        : await compact(task.event, lambdaContext('compact'));
    parentPort!.postMessage({ value });
  } catch (error) {
    logFailure(task.kind)('task', error);
    parentPort!.postMessage({ error: String(error) });
  }
});
