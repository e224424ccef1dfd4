import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnId } from '../../domain/ids.ts';
import { quoteText } from '../../domain/naming/quote-identifier.ts';
import type { Column } from '../../domain/table.ts';

export interface SegmentPath {
  /** Object store key: names the content, which never changes. */
  readonly key: string;
  readonly path: string;
}

export interface WideDecimals {
  /** Decimal columns whose type has 19 digits in any of the files. */
  find(
    connection: DuckDBConnection,
    columns: readonly Column[],
    files: readonly SegmentPath[],
  ): Promise<ReadonlySet<ColumnId>>;
}

/** Files that are remembered: some days of flushes of a busy table. */
const filesMax = 10_000;

/**
 * Looks up which files have decimals of 19 digits. Nearly none have: a decimal is an int64, and only the upper nine
 * tenths of its range need the digit. But a view must know before it reads, or one such value would fail every query.
 */
export function makeWideDecimals(): WideDecimals {
  const wideByKey = new Map<string, readonly string[]>();

  async function read(connection: DuckDBConnection, files: readonly SegmentPath[]): Promise<void> {
    const paths = files.map(({ path }) => quoteText(path)).join(', ');
    const sql = `SELECT file_name, name FROM parquet_schema([${paths}]) WHERE precision = 19`;
    const found = (await connection.runAndReadAll(sql)).getRows() as [string, string][];
    for (const { key, path } of files) {
      if (wideByKey.size >= filesMax) wideByKey.delete(wideByKey.keys().next().value!);
      wideByKey.set(
        key,
        found.flatMap(([file, name]) => (file === path ? [name] : [])),
      );
    }
  }

  return {
    async find(connection, columns, files) {
      const decimals = columns.filter(({ type }) => type.type === 'decimal');
      if (decimals.length === 0) return new Set();
      const unknown = files.filter(({ key }) => !wideByKey.has(key));
      if (unknown.length > 0) await read(connection, unknown);
      const wide = new Set(files.flatMap(({ key }) => wideByKey.get(key) ?? []));
      return new Set(decimals.map(({ id }) => id).filter((id) => wide.has(id)));
    },
  };
}
