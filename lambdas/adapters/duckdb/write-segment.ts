import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { compareScalars } from '../../domain/merge/scalar-order.ts';
import { quoteIdentifier, quoteText } from '../../domain/naming/quote-identifier.ts';
import type { RowState } from '../../domain/row.ts';
import type { TableShape } from '../../domain/table.ts';
import type { SegmentFile } from '../../ports/segment-files.ts';
import { segmentFileOptions } from './segment-format.ts';
import { stageRows } from './stage-rows.ts';
import type { StagedColumn } from './staged-values.ts';

/** Rows of one data chunk: what DuckDB's vectors hold. */
const chunkRows = 2_048;

/** Writes rows (unique by key) as one file. The connection must be free. */
export async function writeSegment(
  connection: DuckDBConnection,
  table: TableShape,
  rows: readonly RowState[],
  temporaryDirectory: string,
): Promise<SegmentFile> {
  const { columns, select, places, ranges } = stageRows(table, sortedByKey(rows));
  const types = columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE staged (${types.join(', ')})`);
  await appendColumns(connection, columns, rows.length);
  const body = await copyToFile(connection, `SELECT ${select.join(', ')} FROM staged`, temporaryDirectory);
  await connection.run('DROP TABLE staged');
  return { rows: rows.length, bytes: body.byteLength, columns: places, ...(ranges && { ranges }), body };
}

/** Sorted here: rows that come sorted cost one pass, and DuckDB's sort would carry every list along. */
function sortedByKey(rows: readonly RowState[]): readonly RowState[] {
  const isSorted = rows.every((row, i) => i === 0 || compareScalars(rows[i - 1]!.key, row.key) < 0);
  return isSorted ? rows : [...rows].sort((a, b) => compareScalars(a.key, b.key));
}

async function appendColumns(
  connection: DuckDBConnection,
  columns: readonly StagedColumn[],
  rows: number,
): Promise<void> {
  const appender = await connection.createAppender('staged');
  const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type));
  for (let at = 0; at < rows; at += chunkRows) {
    chunk.reset();
    chunk.setColumns(columns.map(({ values }) => values.slice(at, at + chunkRows)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Runs a SELECT into a Parquet file and returns the file's bytes. */
export async function copyToFile(
  connection: DuckDBConnection,
  select: string,
  temporaryDirectory: string,
): Promise<Uint8Array> {
  const path = join(temporaryDirectory, `${randomUUID()}.parquet`);
  try {
    await connection.run(`COPY (${select}) TO ${quoteText(path)} (${segmentFileOptions})`);
    return await readFile(path);
  } finally {
    await rm(path, { force: true });
  }
}
