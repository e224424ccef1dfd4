import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../../domain/naming/quote-identifier.ts';

export interface EmptyDatabase {
  readonly connection: DuckDBConnection;
  close(): void;
}

export interface EmptyDatabases {
  /** One that nothing was ever run in, and that nobody else gets. */
  take(): Promise<EmptyDatabase>;
  /** Opens one ahead, so that the next query need not wait for it: that is half of the time of a small one. */
  prepare(): void;
}

/** Nesting of expressions: planning time grows with its square, and 250 levels take half a second. */
const expressionDepthMax = 250;

/** Engines for one query each. At most one waits, and it holds little more than its threads. */
export function makeEmptyDatabases(threads: number | undefined): EmptyDatabases {
  let waiting: Promise<EmptyDatabase> | undefined;
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

/** Empty, in memory, without extensions. To be locked before it reads anything. */
async function open(threads: number | undefined): Promise<EmptyDatabase> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // No spilling: its files would be one tenant's data on a disk that all share.
    temp_directory: '',
    ...(threads !== undefined && { threads: String(threads) }),
  });
  const connection = await instance.connect();
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
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
