import type { DuckDBConnection } from '@duckdb/node-api';
import type { OldestBuckets } from '../../domain/merge/time-quantum.ts';
import { quoteText } from '../../domain/naming/quote-identifier.ts';
import type { Segment } from '../../domain/segment.ts';
import type { TableShape } from '../../domain/table.ts';
import type { SegmentFile } from '../../ports/segment-files.ts';
import { deletesOf, mergedRows, writtenRows } from './merge-sql.ts';
import { describeMerged, fileColumns } from './merged-columns.ts';
import { mergedRanges } from './merged-ranges.ts';
import { opsOf } from './segment-format.ts';
import { parquetFiles, sourceFiles } from './source-files.ts';
import type { WideDecimals } from './wide-decimals.ts';
import { copyToFile } from './write-segment.ts';

/** Rows that are merged at a time: bounds the memory of the hash tables; the results may spill. */
const sliceRowsDefault = 2_000_000;
/** Keys that are looked at for each slice, to learn where rows lie. */
const samplesPerSlice = 128;

/**
 * Merges files slice by slice of the key range, so that each slice fits into memory, and writes the slices as one file.
 * Rows whose key stands in one file only are copied: they are what the merge rule would make of them.
 * @param paths of the segments' files, in the same order
 */
export async function mergeSegments(
  connection: DuckDBConnection,
  table: TableShape,
  segments: readonly Segment[],
  { paths, wide, temporaryDirectory, oldest, sliceRows = sliceRowsDefault }: MergeSources,
): Promise<SegmentFile> {
  const files = segments.map(({ rowsKey: key }, i) => ({ key, path: paths[i]! }));
  const shape = { ...table, wide: await wide.find(connection, table.columns, files) };
  const sources = sourceFiles(shape, segments, paths);
  await connection.run(`CREATE OR REPLACE TEMP TABLE merged AS ${writtenRows(shape, [])}`);
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
  for (const where of await slices(connection, paths, rows, sliceRows)) {
    await connection.run(`CREATE OR REPLACE TEMP TABLE repeated AS
      SELECT key FROM ${parquetFiles(paths)} ${where} GROUP BY key HAVING count(*) > 1`);
    const written = writtenRows(shape, sources, where);
    const once = `SELECT * FROM (${written}) ANTI JOIN repeated USING (key)`;
    const again = `SELECT * FROM (${written}) SEMI JOIN repeated USING (key)`;
    const merged = `SELECT * EXCLUDE (puts) FROM (${mergedRows(shape, again, deletesOf(parquetFiles(paths)))})`;
    await connection.run(
      `INSERT INTO merged SELECT *${withoutOver(shape, oldest)} FROM (${once} UNION ALL ${merged}) ORDER BY key`,
    );
  }
  const { rows: count, columns } = await describeMerged(connection, shape);
  const select = ['key', 'exists_at', 'deleted_at', 'exists_at IS NULL AS gone', ...columns.flatMap(fileColumns)];
  const body = await copyToFile(connection, `SELECT ${select.join(', ')} FROM merged`, temporaryDirectory);
  const places = Object.fromEntries(columns.map(({ column, place }) => [column.id, place]));
  const ranges = await mergedRanges(
    connection,
    shape.keyType,
    columns.map(({ column }) => column),
  );
  return { rows: count, bytes: body.byteLength, columns: places, ...(ranges && { ranges }), body };
}

/**
 * DuckDB's REPLACE for the operations on time views that are over. Removals go with the adds that they beat: were such an
 * add to come again, its bucket is over all the same.
 */
function withoutOver({ columns }: TableShape, oldest: OldestBuckets): string {
  const replaced = columns.flatMap(({ id }) => {
    const first = oldest[id];
    if (first === undefined) return [];
    return `list_filter(${opsOf(id)}, lambda o: o.b IS NULL OR o.b >= ${quoteText(first)}) AS ${opsOf(id)}`;
  });
  return replaced.length === 0 ? '' : ` REPLACE (${replaced.join(', ')})`;
}

export interface MergeSources {
  readonly paths: readonly string[];
  readonly wide: WideDecimals;
  readonly temporaryDirectory: string;
  readonly oldest: OldestBuckets;
  readonly sliceRows?: number;
}

/** Conditions on the key that cut the files into about equal parts, in the order of keys. */
async function slices(
  connection: DuckDBConnection,
  paths: readonly string[],
  rows: number,
  sliceRows: number,
): Promise<string[]> {
  const count = Math.ceil(rows / sliceRows);
  if (count < 2) return [''];
  const sampledRows = Math.ceil(sliceRows / samplesPerSlice);
  const shares = Array.from({ length: count - 1 }, (_, i) => (i + 1) / count);
  await connection.run(`SET VARIABLE bounds = (
    SELECT quantile_disc(key, [${shares.join(', ')}]) FROM ${parquetFiles(paths)} WHERE file_row_number % ${sampledRows} = 0)`);
  const bound = (n: number) => `getvariable('bounds')[${n}]`;
  return Array.from({ length: count }, (_, i) => {
    const from = i === 0 ? [] : [`key >= ${bound(i)}`];
    const to = i === count - 1 ? [] : [`key < ${bound(i + 1)}`];
    return `WHERE ${[...from, ...to].join(' AND ')}`;
  });
}
