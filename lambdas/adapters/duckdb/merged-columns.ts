import type { DuckDBConnection } from '@duckdb/node-api';
import type { StampPlace } from '../../domain/segment.ts';
import type { Column } from '../../domain/table.ts';
import { type MergeShape, visibleValue } from './merge-sql.ts';
import {
  clearedOf,
  isSetColumn,
  opsOf,
  opsSqlType,
  rowPlaceRowsMin,
  stampOf,
  touchedOf,
  valuesOf,
} from './segment-format.ts';

/** A column of merged rows that has cells, and where a file is to keep their stamps. */
export interface MergedColumn {
  readonly column: Column;
  readonly place: StampPlace;
}

/** Looks at the rows of the table `merged`. */
export async function describeMerged(
  connection: DuckDBConnection,
  { columns }: MergeShape,
): Promise<{ readonly rows: number; readonly columns: readonly MergedColumn[] }> {
  const facts = columns.flatMap((column, i) => {
    const hasCell = `coalesce(bool_or(${cellCondition(column)}), false) AS has_cells_${i}`;
    const isAtRow = `bool_and(${stampOf(column.id)} IS NOT DISTINCT FROM exists_at)`;
    return [hasCell, `${isSetColumn(column) ? 'false' : isAtRow} AS at_row_${i}`];
  });
  const sql = `SELECT ${['CAST(count(*) AS DOUBLE) AS rows', ...facts].join(', ')} FROM merged`;
  const [found] = (await connection.runAndReadAll(sql)).getRowObjectsJS();
  const rows = Number(found!['rows']);
  const place = (i: number): StampPlace => (rows >= rowPlaceRowsMin && found![`at_row_${i}`] === true ? 'row' : 'cell');
  return {
    rows,
    columns: columns.flatMap((column, i) => (found![`has_cells_${i}`] === true ? [{ column, place: place(i) }] : [])),
  };
}

function cellCondition(column: Column): string {
  const { id } = column;
  if (!isSetColumn(column)) return `${stampOf(id)} IS NOT NULL`;
  return `${touchedOf(id)} IS NOT NULL OR ${clearedOf(id)} IS NOT NULL OR len(${opsOf(id)}) > 0`;
}

/** Expressions over `merged` that are a column's part of a file. */
export function fileColumns({ column, place }: MergedColumn): string[] {
  const { id } = column;
  if (isSetColumn(column)) return fileSet(column);
  return place === 'row' ? [valuesOf(id)] : [valuesOf(id), stampOf(id)];
}

/** Members that the row's newest put added, and nothing else, are written as the members alone. */
function fileSet(column: Column): string[] {
  const { id, type } = column;
  const other = `list_filter(${opsOf(id)}, lambda o: o.r OR o.b IS NOT NULL OR o.s <> exists_at)`;
  const isPlain = `${touchedOf(id)} = exists_at AND ${clearedOf(id)} IS NULL AND coalesce(len(${other}), 0) = 0`;
  const unlessPlain = (part: string, sqlType: string) =>
    `CASE WHEN ${isPlain} THEN NULL::${sqlType} ELSE ${part} END AS ${part}`;
  return [
    // Rows that were copied have their operations in any order.
    `list_sort(${visibleValue(column)}) AS ${valuesOf(id)}`,
    unlessPlain(touchedOf(id), 'VARCHAR'),
    clearedOf(id),
    unlessPlain(opsOf(id), opsSqlType(type)),
  ];
}
