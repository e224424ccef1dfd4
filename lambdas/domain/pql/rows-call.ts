import { isSetType } from '../column-type.ts';
import { badStatement, excerpt } from '../sql/bad-statement.ts';
import { comparison, memberColumn } from '../sql/condition.ts';
import { type ColumnRef, fromTable, getColumn, keyColumn } from '../sql/queryable-table.ts';
import type { Literal } from '../sql/sql-tree.ts';
import { expectOnly, misused, optionsOf, type PqlOptions } from './pql-options.ts';
import type { PqlScope } from './pql-scope.ts';
import type { PqlCall } from './pql-tree.ts';
import { timeWindow } from './time-window.ts';

/** The values of one field, as `Rows(f)` gives them: what to add to a SELECT over the table to have one row for each. */
export interface FieldValues {
  readonly value: ColumnRef;
  readonly from: readonly string[];
  readonly where: readonly string[];
  /** Values of Rows up to and with this one are left out; GroupBy pages by it. */
  readonly previous: Literal | undefined;
  readonly limit: bigint | undefined;
}

const rowsOptions = ['field', 'like', 'column', 'limit', 'previous', 'from', 'to'] as const;

/**
 * Reads `Rows(f[, like=][, column=][, limit=][, previous=][, from=][, to=])`.
 * @param alias of the relation that the members of a set come from
 * @param anyType GroupBy takes the values of every type, Rows alone only those of set, mutex and time fields
 */
export function fieldValues(call: PqlCall, alias: string, anyType: boolean, scope: PqlScope): FieldValues {
  if (call.name !== 'Rows')
    throw badStatement(`PQL call ${excerpt(call.name)} stands where Rows is wanted`, scope.statement, call.at);
  expectOnly(call, ['positional', 'named']);
  const options = optionsOf(call, rowsOptions);
  const column = fieldOf(call, options, scope);
  const { type } = column.type;
  if (!anyType && type !== 'id' && type !== 'string' && type !== 'bool' && !isSetType(type))
    throw misused(call, `lists set, mutex and bool fields; '${column.name}' is of type ${type}`);
  const source = sourceOf(call, options, column, alias, scope);
  const record = options.literal('column');
  const where = [
    ...source.where,
    ...(record === undefined ? [] : [comparison(keyColumn(scope.table), '=', record, scope.bind)]),
    ...likeOf(call, options, source.value, scope),
  ];
  return { ...source, where, previous: options.literal('previous'), limit: options.count('limit') };
}

/** SQL of a query for the different values of a Rows call, one column, ascending. */
export function rowsQuery({ value, from, where, previous, limit }: FieldValues, scope: PqlScope): string {
  const conditions = [...where, ...(previous ? [comparison(value, '>', previous, scope.bind)] : [])];
  return [
    `SELECT DISTINCT ${value.sql} FROM ${[fromTable(scope.table), ...from].join(', ')}`,
    ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
    `ORDER BY ${value.sql}`,
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ');
}

function sourceOf(
  call: PqlCall,
  options: PqlOptions,
  column: ColumnRef,
  alias: string,
  scope: PqlScope,
): Pick<FieldValues, 'value' | 'from' | 'where'> {
  const window = timeWindow(call, options, column, scope);
  if (window) {
    const members = `SELECT DISTINCT w."_id" AS id, ${window.member.sql} AS v FROM ${window.from} WHERE ${window.where}`;
    return {
      value: { ...window.member, sql: `${alias}.v` },
      from: [`(${members}) AS ${alias}`],
      where: [`${alias}.id = ${keyColumn(scope.table).sql}`],
    };
  }
  if (!isSetType(column.type.type)) return { value: column, from: [], where: [`${column.sql} IS NOT NULL`] };
  return { value: memberColumn(column, `${alias}.v`), from: [`UNNEST(${column.sql}) AS ${alias}(v)`], where: [] };
}

/** Rows(f) and, as older clients have it, Rows(field=f). */
function fieldOf(call: PqlCall, options: PqlOptions, scope: PqlScope): ColumnRef {
  const bare = call.args.filter((argument) => argument.kind === 'positional');
  const [first] = bare;
  const named = options.text('field');
  const text = first?.value.kind === 'text' ? first.value.text : named;
  if (text === undefined || bare.length > 1 || (first && named !== undefined)) throw misused(call, 'takes one field');
  return getColumn(scope.table, { text, quoted: false, at: first?.at ?? call.at }, scope.statement);
}

/** `%` for any text and `_` for any character; everything else, backslashes too, is meant literally. */
function likeOf(call: PqlCall, options: PqlOptions, value: ColumnRef, scope: PqlScope): readonly string[] {
  const like = options.text('like');
  if (like === undefined) return [];
  if (value.type.type !== 'string')
    throw misused(call, `has like, but the values of field '${value.name}' are not text`);
  return [`${value.sql} LIKE CAST(${scope.bind(like)} AS VARCHAR)`];
}
