import { isSetType } from '../column-type.ts';
import { integerMax, queryValuesMax } from '../limits.ts';
import { Problem } from '../problem.ts';
import { type Aggregate, aggregate } from './aggregate.ts';
import { badStatement } from './bad-statement.ts';
import { type AnswerColumn, type CompiledSelect, countColumn, plainColumn } from './compiled.ts';
import { comparison, memberColumn, membership } from './condition.ts';
import { makeParameters, type Parameters } from './parameters.ts';
import {
  allColumns,
  type ColumnRef,
  findColumn,
  fromTable,
  getColumn,
  type QueryableTable,
} from './queryable-table.ts';
import type { Name, SqlItem, SqlSelect } from './sql-tree.ts';

/** Thrown inside, when a SELECT that parses is not of a published form after all. */
class Unpublished extends Error {
  override readonly name = 'Unpublished';
}

interface Scope {
  readonly table: QueryableTable;
  readonly statement: string;
  readonly parameters: Parameters;
}

/** The parts of the SELECT to be; `from` and `where` grow by what columns need. */
interface Parts {
  readonly select: readonly string[];
  readonly columns: readonly AnswerColumn[];
  readonly from: readonly string[];
  readonly where: readonly string[];
  readonly after: readonly string[];
}

/**
 * Compiles a SELECT of FeatureBase's published v1 list. Rows come by `_id`, values and groups ascending, as bitmaps give
 * them. As there, `distinct` and `group by` look at values that are present (null makes no group), and at the members of
 * a set column one by one.
 * @returns undefined when it is none of the published forms, so that the engine's parser is to have it
 */
export function compileSelect(select: SqlSelect, table: QueryableTable, statement: string): CompiledSelect | undefined {
  if (select.where.length > queryValuesMax)
    throw new Problem('limit_exceeded', `A statement may hold at most ${queryValuesMax} conditions; split it.`);
  const parameters = makeParameters();
  const scope: Scope = { table, statement, parameters };
  try {
    const { select: list, columns, from, where, after } = formOf(select, scope);
    const conditions = [...where, ...select.where.map((condition) => whereOf(condition, scope))];
    const sql = [
      `SELECT ${list.join(', ')} FROM ${[fromTable(table), ...from].join(', ')}`,
      ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
      ...after,
      ...(select.limit === null ? [] : [`LIMIT ${limitOf(select.limit)}`]),
    ].join(' ');
    return { kind: 'compiled', sql, parameters: parameters.values, table: table.name, columns };
  } catch (error) {
    if (error instanceof Unpublished) return undefined;
    throw error;
  }
}

function formOf(select: SqlSelect, scope: Scope): Parts {
  const { items, distinct, groupBy, having } = select;
  if (groupBy.length > 0) return groups(select, scope);
  if (having) throw new Unpublished();
  if (distinct) return distinctValues(items, scope);
  if (items === '*') return plainRows(allColumns(scope.table).map((column) => ({ column })));
  if (items.every((item) => item.kind === 'column'))
    return plainRows(items.map((item) => ({ column: columnOf(item.column, scope), alias: item.alias?.text })));
  return items.length === 1 && isMemberCount(items[0]!, scope)
    ? memberCount(items[0]!, scope)
    : aggregates(items, scope);
}

function plainRows(items: readonly { readonly column: ColumnRef; readonly alias?: string | undefined }[]): Parts {
  return {
    select: items.map(({ column }) => column.sql),
    columns: items.map(({ column, alias }) => plainColumn(column, alias)),
    from: [],
    where: [],
    after: ['ORDER BY t."_id"'],
  };
}

function distinctValues(items: SqlSelect['items'], scope: Scope): Parts {
  const [item, ...more] = items === '*' ? [] : items;
  if (item?.kind !== 'column' || more.length > 0) throw new Unpublished();
  const { value, from, where } = valuesOf(columnOf(item.column, scope), 'd1');
  const columns = [plainColumn(value, item.alias?.text)];
  return { select: [`DISTINCT ${value.sql}`], columns, from, where, after: [`ORDER BY ${value.sql}`] };
}

function aggregates(items: readonly SqlItem[], scope: Scope): Parts {
  const compiled = items.map((item) => aggregateOf(item, scope));
  return {
    select: compiled.map(({ sql }) => sql),
    columns: compiled.map(({ answer }) => answer),
    from: [],
    where: [],
    after: [],
  };
}

function isMemberCount(item: SqlItem, scope: Scope): boolean {
  if (item.kind !== 'aggregate' || !item.distinct || item.column === null) return false;
  return isSetType(columnOf(item.column, scope).type.type);
}

/** count(distinct f) of a set column: how many different members it has. */
function memberCount(item: SqlItem, scope: Scope): Parts {
  if (item.kind !== 'aggregate' || item.column === null) throw new Unpublished();
  const column = columnOf(item.column, scope);
  const { value, from, where } = valuesOf(column, 'd1');
  const name = item.alias?.text ?? `count(distinct ${column.name})`;
  const columns = [countColumn(name, item.alias === null)];
  return { select: [`COUNT(DISTINCT ${value.sql})`], columns, from, where, after: [] };
}

function groups({ items, distinct, groupBy, having }: SqlSelect, scope: Scope): Parts {
  if (items === '*' || distinct) throw new Unpublished();
  const sources = new Map(groupBy.map((name) => columnOf(name, scope)).map((column) => [column.name, column]));
  const keys = [...sources.values()].map((source, i) => ({ source, ...valuesOf(source, `g${i + 1}`) }));
  const keyOf = (column: ColumnRef) => keys.find(({ source }) => source.name === column.name);
  const compiled = items.map((item): Aggregate => {
    if (item.kind === 'aggregate') return aggregateOf(item, scope);
    const key = keyOf(columnOf(item.column, scope));
    if (!key) throw notGrouped(item.column, scope);
    return { sql: key.value.sql, answer: plainColumn(key.value, item.alias?.text) };
  });
  const by = keys.map(({ value }) => value.sql).join(', ');
  const count: ColumnRef = { name: 'count', sql: 'COUNT(*)', type: { type: 'int' } };
  return {
    select: compiled.map(({ sql }) => sql),
    columns: compiled.map(({ answer }) => answer),
    from: keys.flatMap(({ from }) => from),
    where: keys.flatMap(({ where }) => where),
    after: [
      `GROUP BY ${by}`,
      ...(having ? [`HAVING ${comparison(count, having.op, having.value, scope.parameters.bind)}`] : []),
      `ORDER BY ${by}`,
    ],
  };
}

/** The values that a column contributes to a grouping: itself where it is not null, or each member of a set. */
function valuesOf(column: ColumnRef, alias: string): Pick<Parts, 'from' | 'where'> & { readonly value: ColumnRef } {
  if (!isSetType(column.type.type)) return { value: column, from: [], where: [`${column.sql} IS NOT NULL`] };
  return { value: memberColumn(column, `${alias}.v`), from: [`UNNEST(${column.sql}) AS ${alias}(v)`], where: [] };
}

function aggregateOf(item: SqlItem, scope: Scope): Aggregate {
  if (item.kind !== 'aggregate') throw notGrouped(item.column, scope);
  const compiled = aggregate(item, item.column ? columnOf(item.column, scope) : undefined);
  if (!compiled) throw new Unpublished();
  return compiled;
}

function whereOf(condition: SqlSelect['where'][number], scope: Scope): string {
  const column = columnOf(condition.column, scope);
  const { bind } = scope.parameters;
  return condition.kind === 'compare'
    ? comparison(column, condition.op, condition.value, bind)
    : membership(column, condition.values, bind);
}

/** A name with a hyphen that no column has may have been a subtraction: then the engine is to read it. */
function columnOf(name: Name, { table, statement }: Scope): ColumnRef {
  if (!name.quoted && name.text.includes('-') && !findColumn(table, name.text)) throw new Unpublished();
  return getColumn(table, name, statement);
}

function notGrouped({ text, at }: Name, { statement }: Scope): Problem {
  return badStatement(`column '${text}' invalid in select list because it is not aggregated or grouped`, statement, at);
}

function limitOf(digits: string): string {
  const limit = BigInt(digits);
  return (limit > integerMax ? integerMax : limit).toString();
}
