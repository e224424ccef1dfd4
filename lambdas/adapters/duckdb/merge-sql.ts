import type { ColumnId } from '../../domain/ids.ts';
import type { StampPlace } from '../../domain/segment.ts';
import type { Column, TableShape } from '../../domain/table.ts';
import {
  clearedOf,
  isSetColumn,
  keySqlType,
  operationsOf,
  opsOf,
  opsSqlType,
  sqlTypeOf,
  stampOf,
  touchedAt,
  touchedOf,
  valuesOf,
} from './segment-format.ts';

/** Files of one layout, as SQL text of a FROM item, and where they keep stamps. */
export interface SourceFiles {
  readonly from: string;
  readonly places: Readonly<Record<ColumnId, StampPlace>>;
}

/** The columns that a merge is about, and which of their decimals are wide. */
export interface MergeShape extends Pick<TableShape, 'keyType' | 'columns'> {
  readonly wide: ReadonlySet<ColumnId>;
}

/**
 * The merge rule (`domain/merge.ts`) in SQL, over files of any layouts. A relation of *written* rows has
 * `key, exists_at, deleted_at`, a value and a stamp for each scalar, and touched, cleared and operations for each set,
 * under the names of the file format. Keys may repeat; `mergedRows` makes one row of each, of the same columns.
 */
export function writtenRows(shape: MergeShape, files: readonly SourceFiles[], where = ''): string {
  const selects = files.map(({ from, places }) => {
    const columns = shape.columns.flatMap((column) => written(column, places[column.id], shape.wide.has(column.id)));
    return `SELECT ${['key', 'exists_at', 'deleted_at', ...columns].join(', ')} FROM ${from} ${where}`;
  });
  return selects.length > 0 ? selects.join(' UNION ALL ') : noRows(shape);
}

/** What the files say of one column; nulls of its types where they have no cell of it. */
function written(column: Column, place: StampPlace | undefined, isWide: boolean): string[] {
  const { id, type } = column;
  const parts = partsOf(column, isWide);
  if (place === undefined) return parts.map(({ name, sqlType }) => `NULL::${sqlType} AS ${name}`);
  if (isSetColumn(column))
    return [`${touchedAt(id)} AS ${touchedOf(id)}`, clearedOf(id), `${operationsOf(id)} AS ${opsOf(id)}`];
  const stamp = place === 'row' ? `exists_at AS ${stampOf(id)}` : stampOf(id);
  return [`CAST(${valuesOf(id)} AS ${sqlTypeOf(type, isWide)}) AS ${valuesOf(id)}`, stamp];
}

function partsOf(column: Column, isWide: boolean): readonly { readonly name: string; readonly sqlType: string }[] {
  const { id, type } = column;
  if (!isSetColumn(column))
    return [
      { name: valuesOf(id), sqlType: sqlTypeOf(type, isWide) },
      { name: stampOf(id), sqlType: 'VARCHAR' },
    ];
  return [
    { name: touchedOf(id), sqlType: 'VARCHAR' },
    { name: clearedOf(id), sqlType: 'VARCHAR' },
    { name: opsOf(id), sqlType: opsSqlType(type) },
  ];
}

function noRows({ keyType, columns, wide }: MergeShape): string {
  const parts = columns.flatMap((column) => partsOf(column, wide.has(column.id)));
  const all = [
    { name: 'key', sqlType: keySqlType(keyType) },
    { name: 'exists_at', sqlType: 'VARCHAR' },
    { name: 'deleted_at', sqlType: 'VARCHAR' },
    ...parts,
  ];
  return `SELECT ${all.map(({ name, sqlType }) => `NULL::${sqlType} AS ${name}`).join(', ')} WHERE false`;
}

/**
 * SQL of a FROM item with the newest delete of each key that was ever deleted, as `key, deleted_at`. Deletes are few, and
 * Parquet knows which parts of a file have none.
 */
export function deletesOf(from: string): string {
  return `(SELECT key, max(deleted_at) AS deleted_at FROM ${from} WHERE deleted_at IS NOT NULL GROUP BY key)`;
}

/**
 * One row for each key of a relation of written rows: the newest of everything, without what a tombstone or a null has
 * beaten, and `puts`, which is 0 for a row that does not exist. Parts that a query does not look at cost nothing: each
 * has an aggregate of its own. What deletes have beaten is taken away before: then most queries need no stamps after.
 * @param deletes `deletesOf` all files of the table
 */
export function mergedRows(shape: MergeShape, written: string, deletes: string): string {
  const living = shape.columns.flatMap((column) =>
    isSetColumn(column) ? livingSet(column.id) : livingScalar(column.id),
  );
  const newest = shape.columns.flatMap((column) =>
    isSetColumn(column) ? newestOfSet(column.id) : newestOf(column.id),
  );
  const surviving = shape.columns.flatMap((column) =>
    isSetColumn(column) ? survivingSet(column) : [valuesOf(column.id), stampOf(column.id)],
  );
  const rows = `SELECT key, ${['d.deleted_at', unlessBeaten('exists_at', 'd.deleted_at'), ...living].join(', ')}
    FROM (${written}) LEFT JOIN ${deletes} AS d USING (key)`;
  const row = ['max(exists_at) AS exists_at', 'count(exists_at) AS puts', 'max(deleted_at) AS deleted_at'];
  const grouped = `SELECT key, ${[...row, ...newest].join(', ')} FROM (${rows}) GROUP BY key`;
  return `SELECT ${['key', 'exists_at', 'puts', 'deleted_at', ...surviving].join(', ')} FROM (${grouped})`;
}

function livingScalar(id: ColumnId): string[] {
  const isBeaten = `${stampOf(id)} <= d.deleted_at`;
  return [valuesOf(id), stampOf(id)].map((part) => `CASE WHEN ${isBeaten} THEN NULL ELSE ${part} END AS ${part}`);
}

/** Members are looked at one by one later; here goes what counts for the whole set. */
function livingSet(id: ColumnId): string[] {
  return [unlessBeaten(touchedOf(id), 'd.deleted_at'), unlessBeaten(clearedOf(id), 'd.deleted_at'), opsOf(id)];
}

/**
 * The value of the highest stamp, null included; on equal stamps the highest value. The two stand in one sort key, which
 * costs hardly more than to compare stamps alone; to compare structs would double the time.
 */
function newestOf(id: ColumnId): string[] {
  const rank = `create_sort_key(${stampOf(id)}, 'ASC NULLS FIRST', ${valuesOf(id)}, 'ASC NULLS FIRST')`;
  return [`arg_max_null(${valuesOf(id)}, ${rank}) AS ${valuesOf(id)}`, `max(${stampOf(id)}) AS ${stampOf(id)}`];
}

function newestOfSet(id: ColumnId): string[] {
  const ops = `list(${opsOf(id)}) FILTER (len(${opsOf(id)}) > 0)`;
  return [
    `max(${touchedOf(id)}) AS ${touchedOf(id)}`,
    `max(${clearedOf(id)}) AS ${clearedOf(id)}`,
    `list_sort(flatten(${ops})) AS ${opsOf(id)}`,
  ];
}

/**
 * Operations stand sorted, so the last one of each (member, bucket) is the one before the next such pair begins: each is
 * paired with its neighbour, and no operation looks at the whole list.
 */
function survivingSet({ id, type }: Column): string[] {
  const ops = opsOf(id);
  const floor = `greatest(${clearedOf(id)}, deleted_at)`;
  const isLast = 'z[2] IS NULL OR z[1].m <> z[2].m OR z[1].b IS DISTINCT FROM z[2].b';
  const isNewer = `${floor} IS NULL OR z[1].s > ${floor}`;
  const kept = `list_filter(list_zip(${ops}, ${ops}[2:]), lambda z: (${isLast}) AND (${isNewer}))`;
  const last = `CAST(list_transform(${kept}, lambda z: z[1]) AS ${opsSqlType(type)})`;
  return [
    unlessBeaten(touchedOf(id), clearedOf(id)),
    clearedOf(id),
    `CASE WHEN ${ops} IS NOT NULL THEN ${last} END AS ${ops}`,
  ];
}

/** DuckDB's comparison with null is null, which CASE takes for no: nothing has beaten it. */
function unlessBeaten(stamp: string, limit: string): string {
  return `CASE WHEN ${stamp} <= ${limit} THEN NULL ELSE ${stamp} END AS ${stamp}`;
}

/** DuckDB expression: what a reader sees of a merged row's column. */
export function visibleValue(column: Column): string {
  const { id } = column;
  if (!isSetColumn(column)) return valuesOf(id);
  const shown = `list_filter(${opsOf(id)}, lambda o: o.b IS NULL AND NOT o.r)`;
  const members = `list_transform(coalesce(${shown}, []), lambda o: o.m)`;
  return `CASE WHEN ${touchedOf(id)} IS NOT NULL THEN ${members} END`;
}
