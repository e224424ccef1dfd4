import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../../domain/naming/quote-identifier.ts';

export interface EmptyDatabase {
  readonly connection: DuckDBConnection;
  close(): void;
}

/** Nesting of expressions: planning time grows with its square, and 250 levels take half a second. */
const expressionDepthMax = 250;

/** An engine for one query: empty, in memory, without extensions. To be locked before it reads anything. */
export async function openEmptyDatabase(options: {
  readonly memoryMegabytesMax: number;
  readonly threads: number | undefined;
}): Promise<EmptyDatabase> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // No spilling: its files would be one tenant's data on a disk that all share.
    temp_directory: '',
    memory_limit: `${options.memoryMegabytesMax}MB`,
    ...(options.threads !== undefined && { threads: String(options.threads) }),
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
export async function lockDatabase(connection: DuckDBConnection, paths: readonly string[]): Promise<void> {
  await connection.run(`
    SET TimeZone = 'UTC';
    SET max_expression_depth = ${expressionDepthMax};
    SET parquet_metadata_cache = true;
    SET enable_external_file_cache = false;
    SET allowed_paths = [${paths.map(quoteText).join(', ')}];
    SET enable_external_access = false;
    SET lock_configuration = true;
  `);
}
