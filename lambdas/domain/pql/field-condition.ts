import { comparison } from '../sql/condition.ts';
import { type ColumnRef, getColumn, keyColumn } from '../sql/queryable-table.ts';
import type { ComparisonOperator, Literal } from '../sql/sql-tree.ts';
import { isLiteral, isOption, misused, optionsOf } from './pql-options.ts';
import type { PqlScope } from './pql-scope.ts';
import type { PqlCall, PqlCondition, PqlNamed, PqlRange } from './pql-tree.ts';
import { timeWindow, windowOptions } from './time-window.ts';

type About = PqlNamed | PqlCondition | PqlRange;
type Compare = (op: ComparisonOperator, value: Literal) => string;

/**
 * SQL of the condition of `Row(f=v)`, `Row(f > 5)`, `Row(1 <= f < 10)`, `Row(f == null)`; of `Row(f=v, from=, to=)` on
 * the time views of a quantum column. Null where the field is null. The field stands first, so that it may be called
 * `from` or `to`.
 */
export function fieldCondition(call: PqlCall, scope: PqlScope): string {
  const [about, ...options] = call.args;
  if (about?.kind !== 'named' && about?.kind !== 'condition' && about?.kind !== 'range')
    throw misused(call, 'takes a field and a value, such as Row(f=1) or Row(f > 5)');
  if (!options.every((option) => isOption(option, windowOptions)))
    throw misused(call, 'takes one field, then from and to');
  const column = getColumn(scope.table, about.field, scope.statement);
  const window = timeWindow(call, optionsOf({ ...call, args: options }, windowOptions), column, scope);
  const compare: Compare = (op, value) => comparison(column, op, value, scope.bind);
  if (!window) return nullness(about, column) ?? conditionOf(about, call, compare);
  if (about.kind === 'condition' && about.op !== '=')
    throw misused(call, `can't compare by ${about.op} within from and to`);
  const holds = comparison(window.member, '=', onlyValueOf(about, call), scope.bind);
  const rows = `SELECT w."_id" FROM ${window.from} WHERE ${window.where} AND ${holds}`;
  return `${keyColumn(scope.table).sql} IN (${rows})`;
}

/** SQL of a condition on whatever `compare` compares: the one value, two around it, or both ends of `><`. */
export function conditionOf(about: About, call: PqlCall, compare: Compare): string {
  if (about.kind === 'range') {
    const { low, lowOp, high, highOp } = about;
    if (!isLiteral(low) || !isLiteral(high)) throw misused(call, 'takes two values around a field');
    return `(${compare(lowOp === '<' ? '>' : '>=', low)} AND ${compare(highOp, high)})`;
  }
  const op = about.kind === 'named' ? '=' : about.op;
  if (op === 'between') {
    const ends = about.value.kind === 'list' ? about.value.items : [];
    const [low, high] = ends;
    if (ends.length !== 2 || !isLiteral(low!) || !isLiteral(high!)) throw misused(call, 'takes two values after ><');
    return `(${compare('>=', low)} AND ${compare('<=', high)})`;
  }
  return compare(op, onlyValueOf(about, call));
}

/** `f == null`, `f != null`; undefined for other conditions. */
function nullness(about: About, column: ColumnRef): string | undefined {
  if (about.kind === 'range' || about.value.kind !== 'null') return undefined;
  if (about.kind === 'condition' && about.op === '!=') return `${column.sql} IS NOT NULL`;
  return about.kind === 'named' || about.op === '=' ? `${column.sql} IS NULL` : undefined;
}

function onlyValueOf(about: About, call: PqlCall): Literal {
  if (about.kind === 'range' || !isLiteral(about.value)) throw misused(call, 'takes one value for a field');
  return about.value;
}
