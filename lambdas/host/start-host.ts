import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { makeCatalog } from '../adapters/catalog/catalog.ts';
import { makeDuckDbQueryEngine } from '../adapters/duckdb/query-engine.ts';
import { openEmbeddedStores } from '../adapters/embedded/open-embedded-stores.ts';
import { makeSqliteRowStore } from '../adapters/embedded/sqlite-row-store.ts';
import { makeTurnIntake } from '../adapters/embedded/turn-intake.ts';
import { makeOidcIssuer } from '../adapters/system/oidc-issuer.ts';
import { ulidSource } from '../adapters/system/ulid-source.ts';
import { queryBytesInPlaceMax } from '../domain/limits.ts';
import { makeControlHandler } from '../handlers/control/handler.ts';
import { makeDeadLettersHandler } from '../handlers/dead-letters/handler.ts';
import { makeIngestHandler } from '../handlers/ingest/handler.ts';
import { makeQueryHandler } from '../handlers/query/handler.ts';
import { log, logFailure } from '../http/log.ts';
import { loggedError } from '../http/logged-error.ts';
import { pause } from '../http/pause.ts';
import type { IssuerSettings } from '../ports/foreign-issuer.ts';
import { type FinishDeletesOptions, finishDeletes } from '../use-cases/finish-deletes.ts';
import { ensureFirstAdministrator, type OnFirstStart } from '../use-cases/first-administrator.ts';
import { startCompactor } from './compactor.ts';
import { startConsumer } from './consumer.ts';
import { takeDataFolder } from './data-folder.ts';
import { embeddedPaths } from './embedded-paths.ts';
import { makeEmbeddedPressure } from './embedded-pressure.ts';
import { type HostParts, productParts } from './host-parts.ts';
import { startHttp } from './http-server.ts';
import { gateQueries } from './query-gate.ts';
import { startReplayer } from './replayer.ts';
import { startSweeper } from './sweeper.ts';
import { startWriteWorker } from './write-workers.ts';

export interface HostOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly data: string;
  /** For the first administrator, at the first start only. */
  readonly username?: string;
  readonly password?: string;
  /** The external issuer whose tokens open calls; none, unless given. */
  readonly issuer?: IssuerSettings;
  /** See `HandlerPorts`. */
  readonly passwordSignIn?: 'on' | 'off';
  /** Told at the first start, before its administrator is stored. */
  readonly onFirstStart?: (dataFolder: string, ...first: Parameters<OnFirstStart>) => void;
}

/** Threads that write while records are accepted: one core is left to that. */
const writeThreadsWhileAccepting = Math.min(4, Math.max(1, availableParallelism() - 1));
/** Two at least: they drain a backlog together once accepting pauses, and one waits for the disk while the other maps. */
const writeThreads = Math.max(2, writeThreadsWhileAccepting);

/**
 * Starts the embedded place: one process that is API Gateway, the functions, the queue, the stores and the schedule.
 * Everything but this folder is the code that runs on AWS.
 */
export async function startHost(options: HostOptions, { clock, standIn, writeThread }: HostParts = productParts) {
  // First: with settings that are wrong it touches nothing.
  const foreignIssuer = options.issuer && makeOidcIssuer(options.issuer, { clock });
  const folder = takeDataFolder(options.data);
  const paths = embeddedPaths(folder.path);
  rmSync(paths.temporary, { recursive: true, force: true });
  embeddedPaths(folder.path);

  const ids = ulidSource;
  const stores = openEmbeddedStores(folder.path, { clock, ids });
  const catalog = standIn('catalog', makeCatalog(stores.items));
  const rowStore = makeSqliteRowStore(paths.rows);
  const engine = gateQueries(
    makeDuckDbQueryEngine({ objectsDirectory: paths.objects, readObject: (key) => stores.objects.get(key) }),
  );
  const queue = standIn('queue', stores.queues.queue);
  const deadLetters = standIn('deadLetters', stores.queues.deadLetters);
  const { keys } = stores;
  const versions = standIn('versions', stores.versions);
  const objects = standIn('objects', stores.objects);
  const intake = standIn('intake', makeTurnIntake(queue, catalog));
  const pressure = makeEmbeddedPressure({ directory: folder.path, queues: stores.queues, catalog, clock });
  const ports = {
    pressure,
    isOverload: pressure.isOverload,
    dependencies: [{ name: 'queue', ask: () => queue.depth() }],
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
    ...(foreignIssuer && { foreignIssuer }),
    ...(options.passwordSignIn && { passwordSignIn: options.passwordSignIn }),
  };

  const finishAllDeletes = async (options?: FinishDeletesOptions) => {
    for (const { cause, ...table } of await finishDeletes(ports, options)) {
      log('table_delete_failed', { ...table, ...loggedError(cause) });
    }
  };
  // Nothing is under way yet, so what the last run left can go at once.
  await finishAllDeletes({ ageMs: 0 });

  const handlers = standIn('handlers', {
    control: makeControlHandler(ports),
    ingest: makeIngestHandler(ports),
    query: makeQueryHandler(ports),
  });
  const http = await startHttp(handlers, options).catch(async (error: unknown) => {
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

  const workers = Array.from({ length: writeThreads }, () => startWriteWorker(paths, catalog, writeThread));
  const compactionWorker = startWriteWorker(paths, catalog, writeThread);
  const compactor = startCompactor(catalog, compactionWorker, finishAllDeletes);
  const consumer = startConsumer({
    queue,
    deadLetters,
    workers,
    workersWhileAccepting: writeThreadsWhileAccepting,
    bury: makeDeadLettersHandler(ports, logFailure('dead_letters')),
    isHeld: pressure.isHeld,
    onFlush: () => compactor.wake(),
  });
  stores.queues.onMessage(() => consumer.wake());
  consumer.wake();

  const replayer = startReplayer({ ...ports, pause });
  const stopSweeper = startSweeper({ items: stores.items, objects, clock });

  return {
    url: http.url,
    dataFolder: folder.path,
    administrator,
    ports,
    /** Answers what is under way, finishes the running flush, and lets the folder go. What is queued stays queued. */
    async stop(): Promise<void> {
      stopSweeper();
      await http.stop();
      await replayer.stop();
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
