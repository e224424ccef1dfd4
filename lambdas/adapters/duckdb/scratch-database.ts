import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** An in-memory database for work in steps; one piece of work at a time has it. */
export interface ScratchDatabase {
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
}

export interface ScratchOptions {
  /** For what does not fit into memory; made if missing. */
  readonly temporaryDirectory: string;
  readonly threads?: number;
  readonly memoryMegabytesMax?: number;
}

/** Errors after which DuckDB refuses every further statement. */
const fatal = /^(?:Error: )?(?:INTERNAL|FATAL)/i;

/**
 * Opens at first use and stays open, because opening costs as much as writing 5,000 rows. Work runs in the order that it
 * was asked for: the steps of two writers must not meet in one temporary table.
 */
export function makeScratchDatabase(options: ScratchOptions): ScratchDatabase {
  let opened: Promise<DuckDBConnection> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function run<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    opened ??= open(options);
    try {
      return await work(await opened);
    } catch (error) {
      if (fatal.test(String(error))) opened = undefined;
      throw error;
    }
  }

  return {
    use(work) {
      const done = last.then(() => run(work));
      last = done.catch(() => undefined);
      return done;
    },
  };
}

async function open({ temporaryDirectory, threads, memoryMegabytesMax }: ScratchOptions): Promise<DuckDBConnection> {
  await mkdir(temporaryDirectory, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: join(temporaryDirectory, 'spill'),
    ...(threads !== undefined && { threads: String(threads) }),
    ...(memoryMegabytesMax !== undefined && { memory_limit: `${memoryMegabytesMax}MB` }),
  });
  return instance.connect();
}
