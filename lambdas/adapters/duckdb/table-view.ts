import { hasOnlyTimeViews, isQuantumType } from '../../domain/column-type.ts';
import { quoteIdentifier, quoteText } from '../../domain/naming/quote-identifier.ts';
import type { Segment } from '../../domain/segment.ts';
import type { Column, TableShape } from '../../domain/table.ts';
import type { QueryTable } from '../../ports/query-engine.ts';
import { deletesOf, type MergeShape, mergedRows, visibleValue, writtenRows } from './merge-sql.ts';
import { keySqlType, opsOf, opsSqlType, sqlTypeOf, touchedOf, valuesOf } from './segment-format.ts';
import { parquetFiles, sourceFiles } from './source-files.ts';

/** A table with its files, ready to be read. */
export interface TableFiles extends Pick<QueryTable, 'name' | 'segments' | 'oldestBuckets'> {
  readonly shape: MergeShape & TableShape;
  /** Of the segments' files, in the same order. */
  readonly paths: readonly string[];
}

/**
 * How many times the rows of all others a segment must have to be read apart from them: rows of it that the others do not
 * touch then need no merge, and to find those costs a tenth of what merging them would.
 */
const largeSegmentRatio = 2;

/** Name of the hidden view of a table's time views; no table's name holds a colon. */
export function timeViewsName(table: string): string {
  return `${table}:views`;
}

/** CREATE VIEW of a table: `_id` and its columns by name, the rows that exist, merged from all segments. */
export function tableView(table: TableFiles): string {
  const { columns, wide } = table.shape;
  const typeOf = ({ id, type }: Column) => sqlTypeOf(type, wide.has(id));
  const rows = relevantRows(table, columns, {
    typeOf,
    ofFile: (column) =>
      hasOnlyTimeViews(column.type)
        ? membersInViews(table, column, valuesOf(column.id))
        : `CAST(${valuesOf(column.id)} AS ${typeOf(column)})`,
    ofMerged: (column) =>
      hasOnlyTimeViews(column.type) ? membersInViews(table, column, touchedOf(column.id)) : visibleValue(column),
  });
  const names = ['_id', ...columns.map(({ name }) => name)].map(quoteIdentifier);
  return `CREATE VIEW ${quoteIdentifier(table.name)}(${names.join(', ')}) AS ${rows}`;
}

/**
 * CREATE VIEW of the time views: for each row and quantum column, the (member, bucket) pairs that are visible and whose
 * time is not over. Only compiled statements name it.
 */
export function timeViewsView(table: TableFiles): string {
  const columns = table.shape.columns.filter(({ type }) => isQuantumType(type.type));
  const selects = columns.map((column) => {
    const views = (each: Column) => viewsOf(table, each);
    const rows = relevantRows(table, [column], {
      typeOf: ({ type }) => opsSqlType(type),
      ofFile: views,
      ofMerged: views,
    });
    return `SELECT key AS "_id", ${quoteText(column.name)} AS "column", CAST(o.m AS VARCHAR) AS member, o.b AS bucket
      FROM (SELECT key, unnest(views) AS o FROM (${rows}) AS r(key, views))`;
  });
  const none = `SELECT NULL::${keySqlType(table.shape.keyType)} AS "_id", '' AS "column", '' AS member, '' AS bucket WHERE false`;
  const rows = selects.length > 0 ? selects.join(' UNION ALL ') : none;
  return `CREATE VIEW ${quoteIdentifier(timeViewsName(table.name))} AS ${rows}`;
}

/** DuckDB expression: the operations of a cell that are its time views. */
function viewsOf({ oldestBuckets = {} }: TableFiles, { id }: Column): string {
  const oldest = oldestBuckets[id];
  const counts = oldest === undefined ? '' : ` AND o.b >= ${quoteText(oldest)}`;
  return `list_filter(${opsOf(id)}, lambda o: o.b IS NOT NULL AND NOT o.r${counts})`;
}

/**
 * DuckDB expression: what a reader that names no time sees of a column without a standard view, the members of its time
 * views together (FeatureBase, executor: the views from the first to the last are read). A member whose record had no
 * time is in none.
 * @param unlessNull expression that is null where the set is
 */
function membersInViews(table: TableFiles, column: Column, unlessNull: string): string {
  const members = `list_transform(coalesce(${viewsOf(table, column)}, []), lambda o: o.m)`;
  return `CASE WHEN ${unlessNull} IS NOT NULL THEN list_sort(list_distinct(${members})) END`;
}

/** What is to be shown of a column: its type, and its SQL over a row of a file alone and over a merged row. */
interface Shown {
  readonly typeOf: (column: Column) => string;
  readonly ofFile: (column: Column) => string;
  readonly ofMerged: (column: Column) => string;
}

/** SELECT of the key and what is to be shown of the given columns, for each row that exists. */
function relevantRows(table: TableFiles, columns: readonly Column[], shown: Shown): string {
  const { shape, segments, paths } = table;
  if (segments.length === 0) {
    const types = [keySqlType(shape.keyType), ...columns.map(shown.typeOf)];
    return `SELECT ${types.map((type) => `NULL::${type}`).join(', ')} WHERE false`;
  }
  const values = (places: Segment['columns']) =>
    columns.map((column) => (places[column.id] ? shown.ofFile(column) : `NULL::${shown.typeOf(column)}`));
  const untouched = (segment: Segment, path: string) =>
    `SELECT ${['key', ...values(segment.columns)].join(', ')} FROM ${parquetFiles([path])} AS file`;
  if (segments.length === 1) return `${untouched(segments[0]!, paths[0]!)} WHERE NOT gone`;

  const narrowed = { ...shape, columns };
  const written = writtenRows(narrowed, sourceFiles(narrowed, segments, paths));
  const merged = (from: string) =>
    `SELECT ${['key', ...columns.map(shown.ofMerged)].join(', ')}
      FROM (${mergedRows(narrowed, from, deletesOf(parquetFiles(paths)))}) WHERE puts > 0`;
  const large = largeSegment(segments);
  if (large < 0) return merged(written);
  const others = parquetFiles(paths.filter((_, i) => i !== large));
  const rest = writtenRows(narrowed, sourceFiles(narrowed, without(segments, large), without(paths, large)));
  const touched = writtenRows(
    narrowed,
    sourceFiles(narrowed, [segments[large]!], [paths[large]!]),
    `SEMI JOIN ${others} AS others USING (key)`,
  );
  return `${untouched(segments[large]!, paths[large]!)} ANTI JOIN ${others} AS others USING (key) WHERE NOT gone
    UNION ALL ${merged(`${rest} UNION ALL ${touched}`)}`;
}

/** Index of the segment that is larger than all others by `largeSegmentRatio`; -1 if there is none. */
function largeSegment(segments: readonly Segment[]): number {
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
  return segments.findIndex((segment) => segment.rows > (rows - segment.rows) * largeSegmentRatio);
}

function without<T>(items: readonly T[], index: number): readonly T[] {
  return items.filter((_, i) => i !== index);
}
