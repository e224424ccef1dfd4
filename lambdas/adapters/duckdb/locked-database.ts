import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../../domain/naming/quote-identifier.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';

export interface EmptyDatabases {
  /** One that nothing was ever run in, and that nobody else gets. */
  take(): Promise<OpenDatabase>;
  /** Opens one ahead, so that the next query need not wait for it: that is half of the time of a small one. */
  prepare(): void;
}

/** Nesting of expressions: planning time grows with its square, and 250 levels take half a second. */
const expressionDepthMax = 250;

/** Engines for one query each. At most one waits, and it holds little more than its threads. */
export function makeEmptyDatabases(threads: number | undefined): EmptyDatabases {
  let waiting: Promise<OpenDatabase> | undefined;
  return {
    take() {
      const taken = waiting ?? open(threads);
      waiting = undefined;
      return taken;
    },
    prepare() {
      if (waiting !== undefined) return;
      waiting = open(threads);
      waiting.catch(() => {
        waiting = undefined;
      });
    },
  };
}

/** To be locked before it reads anything. No spilling: its files would be one tenant's data on a disk that all share. */
function open(threads: number | undefined): Promise<OpenDatabase> {
  return openDatabase(threads, { temp_directory: '' });
}

/**
 * Leaves an engine nothing but the given files, and no setting that could be changed. The order counts: once external
 * access is off, no path can be allowed any more.
 */
export async function lockDatabase(
  connection: DuckDBConnection,
  paths: readonly string[],
  memoryMegabytesMax: number,
): Promise<void> {
  await connection.run(`
    SET memory_limit = '${memoryMegabytesMax}MB';
    SET TimeZone = 'UTC';
    SET max_expression_depth = ${expressionDepthMax};
    SET parquet_metadata_cache = true;
    SET enable_external_file_cache = false;
    SET allowed_paths = [${paths.map(quoteText).join(', ')}];
    SET enable_external_access = false;
    SET lock_configuration = true;
  `);
}
