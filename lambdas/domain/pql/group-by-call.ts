import { isSetType } from '../column-type.ts';
import { sumOf, sumType } from '../sql/aggregate.ts';
import { badStatement } from '../sql/bad-statement.ts';
import { type AnswerColumn, countColumn, plainColumn } from '../sql/compiled.ts';
import { comparison, valueParameter } from '../sql/condition.ts';
import { type ColumnRef, fromTable, getColumn } from '../sql/queryable-table.ts';
import { conditionOf } from './field-condition.ts';
import { callsOf, expectOnly, misused, onlyCallOf, optionsOf } from './pql-options.ts';
import type { PqlScope } from './pql-scope.ts';
import type { PqlCall } from './pql-tree.ts';
import { rowCondition } from './row-call.ts';
import { type FieldValues, fieldValues, rowsQuery } from './rows-call.ts';

/** What a group is measured by: its count, and the aggregate that was asked for. */
interface Measures {
  readonly count: ColumnRef;
  readonly aggregate?: ColumnRef;
}

const groupByOptions = ['filter', 'limit', 'offset', 'having', 'aggregate', 'sort'] as const;

/**
 * SQL of `GroupBy(Rows(a), Rows(b)...[, filter=][, aggregate=][, having=][, sort=][, limit=][, offset=])`: groups of
 * values that occur together, ascending unless sorted. With a Sum, counts are of the records that have the summed field
 * (FeatureBase PQL, GroupBy), and groups without any are left out.
 */
export function groupByQuery(
  call: PqlCall,
  scope: PqlScope,
): { readonly sql: string; readonly columns: readonly AnswerColumn[] } {
  expectOnly(call, ['call', 'named']);
  const options = optionsOf(call, groupByOptions);
  const fields = callsOf(call).map((rows, i) => fieldValues(rows, `g${i + 1}`, true, scope));
  if (fields.length === 0) throw misused(call, 'takes at least one Rows call');
  const filter = options.call('filter');
  const where = [
    ...fields.flatMap((field) => field.where),
    ...fields.flatMap((field) => (field.limit === undefined ? [] : [withinLimit(field, scope)])),
    ...pageOf(call, fields, scope),
    ...(filter ? [`(${rowCondition(filter, scope)})`] : []),
  ];
  const measures = measuresOf(call, options.call('aggregate'), scope);
  const having = options.call('having');
  const keys = fields.map(({ value }) => value.sql);
  const limit = options.count('limit');
  const selected = [...keys, measures.count.sql, ...(measures.aggregate ? [measures.aggregate.sql] : [])];
  const sql = [
    `SELECT ${selected.join(', ')} FROM ${[fromTable(scope.table), ...fields.flatMap(({ from }) => from)].join(', ')}`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    `GROUP BY ${keys.join(', ')}`,
    `HAVING ${measures.count.sql} > 0${having ? ` AND ${havingOf(having, measures, scope)}` : ''}`,
    `ORDER BY ${[...sortOf(call, options.text('sort'), measures), ...keys].join(', ')}`,
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    `OFFSET ${options.count('offset') ?? 0}`,
  ].join(' ');
  const { aggregate } = measures;
  return {
    sql,
    columns: [
      ...fields.map(({ value }) => plainColumn(value)),
      countColumn('count'),
      ...(aggregate ? [plainColumn(aggregate)] : []),
    ],
  };
}

/** A Rows with a limit stands for its first values only, whatever the filter and the page. */
function withinLimit(field: FieldValues, scope: PqlScope): string {
  return `${field.value.sql} IN (${rowsQuery({ ...field, previous: undefined }, scope)})`;
}

/** Paging: the groups after the one whose values the Rows calls name, all of them (FeatureBase PQL, GroupBy). */
function pageOf(call: PqlCall, fields: readonly FieldValues[], scope: PqlScope): readonly string[] {
  const given = fields.filter(({ previous }) => previous !== undefined);
  if (given.length === 0) return [];
  if (given.length < fields.length) throw misused(call, 'takes previous in all of its Rows calls or in none');
  const values = fields.map(({ value, previous }) => {
    const parameter = valueParameter(value, previous!, scope.bind);
    if (parameter === undefined) throw misused(call, `has a previous that field '${value.name}' can't hold`);
    return parameter;
  });
  return [`(${fields.map(({ value }) => value.sql).join(', ')}) > (${values.join(', ')})`];
}

function measuresOf(call: PqlCall, aggregate: PqlCall | undefined, scope: PqlScope): Measures {
  const records: ColumnRef = { name: 'count', sql: 'COUNT(*)', type: { type: 'int' } };
  if (!aggregate) return { count: records };
  if (aggregate.name === 'Sum') {
    const column = aggregatedColumn(aggregate, scope);
    if (column.type.type !== 'int' && column.type.type !== 'decimal')
      throw misused(aggregate, `adds int and decimal fields; '${column.name}' is of type ${column.type.type}`);
    return {
      count: { ...records, sql: `COUNT(${column.sql})` },
      aggregate: { name: 'sum', sql: sumOf(column), type: sumType(column), wide: true },
    };
  }
  const distinct = aggregate.name === 'Count' ? onlyCallOf(aggregate) : undefined;
  if (distinct?.name !== 'Distinct') throw misused(call, 'takes aggregate=Sum(field=f) or Count(Distinct(field=f))');
  const column = aggregatedColumn(distinct, scope);
  if (isSetType(column.type.type)) throw misused(distinct, `of the set field '${column.name}' is not supported here`);
  return {
    count: records,
    aggregate: { name: 'aggregate', sql: `COUNT(DISTINCT ${column.sql})`, type: { type: 'int' } },
  };
}

function aggregatedColumn(call: PqlCall, scope: PqlScope): ColumnRef {
  expectOnly(call, ['named']);
  const text = optionsOf(call, ['field']).text('field');
  if (text === undefined) throw misused(call, 'takes a field as field=f');
  return getColumn(scope.table, { text, quoted: false, at: call.at }, scope.statement);
}

/** Condition(count > 1), Condition(10 < sum < 20). */
function havingOf(call: PqlCall, measures: Measures, scope: PqlScope): string {
  const [about, ...more] = call.args;
  if (call.name !== 'Condition' || more.length > 0 || (about?.kind !== 'condition' && about?.kind !== 'range'))
    throw badStatement('having takes a Condition such as Condition(count > 1)', scope.statement, call.at);
  const measure = measureNamed(about.field.text, measures);
  if (!measure) throw misused(call, `is on count${measures.aggregate ? ` or ${measures.aggregate.name}` : ''}`);
  return conditionOf(about, call, (op, value) => comparison(measure, op, value, scope.bind));
}

/** `sum` and `aggregate` are both names of the one aggregate. */
function measureNamed(name: string, { count, aggregate }: Measures): ColumnRef | undefined {
  if (name === 'count') return count;
  return name === 'sum' || name === 'aggregate' ? aggregate : undefined;
}

/** `count desc, aggregate asc`; without a direction, descending. */
function sortOf(call: PqlCall, sort: string | undefined, measures: Measures): readonly string[] {
  if (sort === undefined) return [];
  return sort.split(',').map((part) => {
    const [, name = '', direction = 'desc'] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/.exec(part) ?? [];
    const measure = measureNamed(name, measures);
    if (!measure) throw misused(call, `sorts by count or aggregate with asc or desc, as sort="count desc"`);
    return `${measure.sql} ${direction.toUpperCase()}`;
  });
}
