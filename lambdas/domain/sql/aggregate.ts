import { type ColumnType, isSetType } from '../column-type.ts';
import { type AnswerColumn, countColumn } from './compiled.ts';
import type { ColumnRef } from './queryable-table.ts';
import type { SqlAggregateItem } from './sql-tree.ts';

/** Digits after the point of an average (FeatureBase SQL3: decimal(4)). */
const averageScale = 4;

/** An aggregate of a SELECT list: its SQL, and the column that it makes in the answer. */
export interface Aggregate {
  readonly sql: string;
  readonly answer: AnswerColumn;
}

/**
 * Compiles an aggregate over a column (undefined: the rows). undefined when the published list does not have it for this
 * type of column: sums and averages of numbers, extremes of values with an order, no aggregate of a set but its count.
 */
export function aggregate(item: SqlAggregateItem, column: ColumnRef | undefined): Aggregate | undefined {
  const name = item.alias?.text ?? headingOf(item, column);
  const unnamed = item.alias ? {} : ({ unnamed: true } as const);
  if (!column) return { sql: 'COUNT(*)', answer: countColumn(name, item.alias === null) };
  const { type } = column.type;
  const isNumber = type === 'int' || type === 'decimal';
  switch (item.call) {
    case 'count':
      if (item.distinct && isSetType(type)) return undefined;
      return {
        sql: item.distinct ? `COUNT(DISTINCT ${column.sql})` : `COUNT(${column.sql})`,
        answer: countColumn(name, item.alias === null),
      };
    case 'sum':
      return isNumber ? { sql: sumOf(column), answer: { name, type: sumType(column), ...unnamed } } : undefined;
    case 'avg':
      if (!isNumber) return undefined;
      return {
        sql: averageOf(column),
        answer: { name, type: { type: 'decimal', scale: averageScale }, form: 'float', ...unnamed },
      };
    case 'min':
    case 'max':
      if (!isNumber && type !== 'timestamp' && type !== 'id') return undefined;
      return { sql: `${item.call.toUpperCase()}(${column.sql})`, answer: { name, type: column.type, ...unnamed } };
  }
}

/** SQL of a sum: exact, 38 digits wide. */
export function sumOf(column: ColumnRef): string {
  return `SUM(${column.sql})`;
}

/** Type of a sum: an int column's own limits do not hold for it. */
export function sumType({ type }: ColumnRef): ColumnType {
  return type.type === 'decimal' ? type : { type: 'int' };
}

/**
 * SQL of an average to four places, rounded half away from zero; null for no values. In whole numbers, because the
 * engine's AVG is a binary fraction of 15 digits.
 */
function averageOf(column: ColumnRef): string {
  const scale = column.type.type === 'decimal' ? column.type.scale : 0;
  // The sum's text without its point is the sum in whole counts of 10^-scale.
  const sum = `CAST(replace(CAST(${sumOf(column)} AS VARCHAR), '.', '') AS HUGEINT)`;
  const up = 10n ** BigInt(Math.max(0, averageScale - scale));
  const down = 10n ** BigInt(Math.max(0, scale - averageScale));
  const count = `(COUNT(${column.sql}) * CAST(${down} AS HUGEINT))`;
  const rounded = `(2 * ${up} * ${sum} + sign(${sumOf(column)}) * ${count}) // (2 * ${count})`;
  return `CASE WHEN COUNT(${column.sql}) > 0 THEN CAST(${rounded} AS DECIMAL(34, 0)) * CAST('0.0001' AS DECIMAL(4, 4)) END`;
}

function headingOf({ call, distinct }: SqlAggregateItem, column: ColumnRef | undefined): string {
  return `${call}(${distinct ? 'distinct ' : ''}${column?.name ?? '*'})`;
}
