import { MessageChannel, Worker } from 'node:worker_threads';
import { log } from '../http/log.ts';
import { loggedError } from '../http/logged-error.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { EmbeddedPaths } from './embedded-paths.ts';
import { servePort } from './port-proxy.ts';
import type { WorkerSetup, WorkerTask } from './write-thread.ts';

/** One thread that runs a task at a time. */
export interface WriteWorker {
  /** Rejects when the task threw or the thread died; a thread that died is replaced before the next task. */
  run<T>(task: WorkerTask): Promise<T>;
  /** Waits for the running task, then ends the thread. */
  stop(): Promise<void>;
}

/** Heap of a write thread: a flush of 6 MB of JSON takes a tenth; short-lived rows need no larger young generation. */
const heapLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 48 };

/**
 * Starts a write thread whose catalog calls are answered by `catalog` on this thread.
 * @param module what the thread runs
 */
export function startWriteWorker(paths: EmbeddedPaths, catalog: Catalog, module: URL): WriteWorker {
  let thread: Worker | undefined;
  let stopping = false;
  let running: Promise<unknown> = Promise.resolve();
  let settle: { resolve: (value: unknown) => void; reject: (error: Error) => void } | undefined;

  function start(): Worker {
    const { port1, port2 } = new MessageChannel();
    servePort(port1, catalog);
    const started = new Worker(module, {
      workerData: { paths, catalog: port2 } satisfies WorkerSetup,
      transferList: [port2],
      resourceLimits: heapLimits,
    });
    started.on('message', ({ value, error }: { value?: unknown; error?: string }) => {
      if (error === undefined) settle?.resolve(value);
      else settle?.reject(new Error(error));
    });
    started.on('error', (error) => log('write_thread_error', loggedError(error)));
    started.on('exit', (code) => {
      port1.close();
      if (thread === started) thread = undefined;
      if (!stopping) log('write_thread_ended', { code });
      settle?.reject(new Error(`the write thread ended with code ${code}`));
    });
    return started;
  }

  thread = start();
  return {
    run<T>(task: WorkerTask): Promise<T> {
      thread ??= start();
      const target = thread;
      const done = new Promise<unknown>((resolve, reject) => {
        settle = { resolve, reject };
        target.postMessage(task);
      });
      running = done.catch(() => undefined);
      return done as Promise<T>;
    },
    async stop() {
      await running;
      stopping = true;
      await thread?.terminate();
    },
  };
}
