import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type OpenDatabase, openDatabase } from './open-database.ts';

type Work<T> = (connection: DuckDBConnection) => Promise<T>;

/** An in-memory database for work in steps; one piece of work at a time has it. */
export interface ScratchDatabase {
  /** For small work that comes often: the database stays open, because opening costs as much as writing 5,000 rows. */
  use<T>(work: Work<T>): Promise<T>;
  /** For large work: a database that is closed after it, because only that gives its memory back. */
  useOnce<T>(work: Work<T>): Promise<T>;
}

export interface ScratchOptions {
  /** For what does not fit into memory; made if missing. */
  readonly temporaryDirectory: string;
  readonly threads?: number;
  /** Megabytes that it may use before it spills. */
  readonly memoryMegabytesMax?: number;
}

/** Megabytes by default: merging ten million rows takes no longer with 256 than with 1,024. */
const memoryMegabytesDefault = 512;
/** Errors after which DuckDB refuses every further statement. */
const fatal = /^(?:Error: )?(?:INTERNAL|FATAL)/i;

/** Work runs in the order that it was asked for: steps of two writers must not meet in one temporary table. */
export function makeScratchDatabase(options: ScratchOptions): ScratchDatabase {
  let kept: Promise<OpenDatabase> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function queued<T>(run: () => Promise<T>): Promise<T> {
    const done = last.then(run);
    last = done.catch(() => undefined);
    return done;
  }

  return {
    use: (work) =>
      queued(async () => {
        kept ??= open(options);
        try {
          return await work((await kept).connection);
        } catch (error) {
          if (fatal.test(String(error))) kept = undefined;
          throw error;
        }
      }),
    useOnce: (work) =>
      queued(async () => {
        const { connection, close } = await open(options);
        try {
          return await work(connection);
        } finally {
          close();
        }
      }),
  };
}

async function open({ temporaryDirectory, threads, memoryMegabytesMax }: ScratchOptions): Promise<OpenDatabase> {
  await mkdir(temporaryDirectory, { recursive: true });
  return openDatabase(threads, {
    temp_directory: join(temporaryDirectory, 'spill'),
    memory_limit: `${memoryMegabytesMax ?? memoryMegabytesDefault}MB`,
  });
}
