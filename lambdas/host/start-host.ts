import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { makeCatalog } from '../adapters/catalog/catalog.ts';
import { makeDuckDbQueryEngine } from '../adapters/duckdb/query-engine.ts';
import { openEmbeddedStores } from '../adapters/embedded/open-embedded-stores.ts';
import { makeSqliteRowStore } from '../adapters/embedded/sqlite-row-store.ts';
import { makeTurnIntake } from '../adapters/embedded/turn-intake.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { ulidSource } from '../adapters/system/ulid-source.ts';
import { queryBytesInPlaceMax } from '../domain/limits.ts';
import { makeControlHandler } from '../handlers/control/handler.ts';
import { makeDeadLettersHandler } from '../handlers/dead-letters/handler.ts';
import { makeIngestHandler } from '../handlers/ingest/handler.ts';
import { makeQueryHandler } from '../handlers/query/handler.ts';
import { log, logFailure } from '../http/log.ts';
import { loggedError } from '../http/logged-error.ts';
import { type FinishDeletesOptions, finishDeletes } from '../use-cases/finish-deletes.ts';
import { ensureFirstAdministrator, type OnFirstStart } from '../use-cases/first-administrator.ts';
import { startCompactor } from './compactor.ts';
import { startConsumer } from './consumer.ts';
import { takeDataFolder } from './data-folder.ts';
import { embeddedPaths } from './embedded-paths.ts';
import { startHttp } from './http-server.ts';
import { gateQueries } from './query-gate.ts';
import { startWriteWorker } from './write-workers.ts';

export interface HostOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly data: string;
  /** For the first administrator, at the first start only. */
  readonly username?: string;
  readonly password?: string;
  /** Told at the first start, before its administrator is stored. */
  readonly onFirstStart?: (dataFolder: string, ...first: Parameters<OnFirstStart>) => void;
}

/** Threads that write while records are accepted: one core is left to that. */
const writeThreadsWhileAccepting = Math.min(4, Math.max(1, availableParallelism() - 1));
/** Two at least: they drain a backlog together once accepting pauses, and one waits for the disk while the other maps. */
const writeThreads = Math.max(2, writeThreadsWhileAccepting);

/** Expired items are unseen at once, and removed this often, so many at a time. DynamoDB's TTL does it on AWS. */
const sweepMs = 60_000;
const expiredPerSweepMax = 10_000;

/**
 * Starts the embedded place: one process that is API Gateway, the functions, the queue, the stores and the schedule.
 * Everything but this folder is the code that runs on AWS.
 */
export async function startHost(options: HostOptions) {
  const folder = takeDataFolder(options.data);
  const paths = embeddedPaths(folder.path);
  rmSync(paths.temporary, { recursive: true, force: true });
  embeddedPaths(folder.path);

  const clock = systemClock;
  const ids = ulidSource;
  const stores = openEmbeddedStores(folder.path, { clock, ids });
  const catalog = makeCatalog(stores.items);
  const rowStore = makeSqliteRowStore(paths.rows);
  const engine = gateQueries(
    makeDuckDbQueryEngine({ objectsDirectory: paths.objects, readObject: (key) => stores.objects.get(key) }),
  );
  const { queue, deadLetters } = stores.queues;
  const { keys, versions, objects } = stores;
  const intake = makeTurnIntake(queue, catalog);
  const ports = {
    catalog,
    rowStore,
    engine,
    queryBytesMax: queryBytesInPlaceMax,
    intake,
    keys,
    versions,
    objects,
    clock,
    ids,
  };

  const finishAllDeletes = async (options?: FinishDeletesOptions) => {
    for (const { cause, ...table } of await finishDeletes(ports, options)) {
      log('table_delete_failed', { ...table, ...loggedError(cause) });
    }
  };
  // Nothing is under way yet, so what the last run left can go at once.
  await finishAllDeletes({ ageMs: 0 });

  const http = await startHttp(
    { control: makeControlHandler(ports), ingest: makeIngestHandler(ports), query: makeQueryHandler(ports) },
    options,
  ).catch(async (error: unknown) => {
    rowStore.close();
    await stores.close();
    folder.release();
    throw error;
  });
  folder.announce(http.url);

  const administrator = await ensureFirstAdministrator(
    ports,
    {
      ...(options.username !== undefined && { email: options.username }),
      ...(options.password !== undefined && { password: options.password }),
    },
    (first) => options.onFirstStart?.(folder.path, first),
  );

  const workers = Array.from({ length: writeThreads }, () => startWriteWorker(paths, catalog));
  const compactionWorker = startWriteWorker(paths, catalog);
  const compactor = startCompactor(catalog, compactionWorker, finishAllDeletes);
  const consumer = startConsumer({
    queue,
    deadLetters,
    workers,
    workersWhileAccepting: writeThreadsWhileAccepting,
    bury: makeDeadLettersHandler(ports, logFailure('dead_letters')),
    onFlush: () => compactor.wake(),
  });
  stores.queues.onMessage(() => consumer.wake());
  consumer.wake();

  const sweep = setInterval(() => {
    stores.items.expireItems(Math.floor(clock.now() / 1_000), expiredPerSweepMax).catch((cause: unknown) => {
      logFailure('sweep')('expired items', cause);
    });
  }, sweepMs);

  return {
    url: http.url,
    dataFolder: folder.path,
    administrator,
    ports,
    /** Answers what is under way, finishes the running flush, and lets the folder go. What is queued stays queued. */
    async stop(): Promise<void> {
      clearInterval(sweep);
      await http.stop();
      await consumer.stop();
      await compactor.stop();
      await Promise.all([...workers, compactionWorker].map((worker) => worker.stop()));
      rowStore.close();
      await stores.close();
      folder.release();
    },
  };
}

export type Host = Awaited<ReturnType<typeof startHost>>;
