import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** One in-memory DuckDB with its connection. */
export interface OpenDatabase {
  readonly connection: DuckDBConnection;
  /** Gives back all that it holds. */
  close(): void;
}

/** Opens an empty database in memory that never fetches or loads an extension. */
export async function openDatabase(
  threads: number | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<OpenDatabase> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    ...(threads !== undefined && { threads: String(threads) }),
    ...settings,
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
