import { isSetType } from '../column-type.ts';
import type { Problem } from '../problem.ts';
import { badStatement } from './bad-statement.ts';
import { boundOf } from './exact-number.ts';
import type { Bind } from './parameters.ts';
import type { ColumnRef } from './queryable-table.ts';
import type { ComparisonOperator, Literal } from './sql-tree.ts';
import { literalTypeName, typeName } from './type-name.ts';
import { numberFor, rangeOf } from './value-range.ts';

/**
 * SQL of `column op value`, null where the column is null. `=` of a set column means "has the member" and `!=` "has it
 * not" (FeatureBase v1 SQL); a set has no order. Throws Problem when types do not fit.
 */
export function comparison(column: ColumnRef, op: ComparisonOperator, value: Literal, bind: Bind): string {
  if (isSetType(column.type.type)) {
    if (op !== '=' && op !== '!=') throw incompatible(column, op);
    const [member] = memberParameters(column, [value], bind);
    const has = member === undefined ? nothing : `list_contains(${column.sql}, ${member})`;
    return op === '=' ? has : `NOT ${has}`;
  }
  if (!isOrderedWith(column, value))
    return `${column.sql} ${sqlOperator(op)} ${plainParameter(column, op, value, bind)}`;
  const range = rangeOf(column)!;
  const bound = boundOf(op, numberFor(column.type, value)!, range);
  if (bound === 'always') return `${column.sql} IS NOT NULL`;
  if (bound === 'never') return nothing;
  return `${column.sql} ${sqlOperator(bound.op)} ${range.parameter(bound.parts, bind)}`;
}

/** SQL of `column IN (values)`; for a set column "has any of them". */
export function membership(column: ColumnRef, values: readonly Literal[], bind: Bind): string {
  const isSet = isSetType(column.type.type);
  const parameters = isSet ? memberParameters(column, values, bind) : scalarParameters(column, values, bind);
  if (parameters.length === 0) return nothing;
  return isSet
    ? `list_has_any(${column.sql}, [${parameters.join(', ')}])`
    : `${column.sql} IN (${parameters.join(', ')})`;
}

/** SQL of a parameter with a value that the column could hold; undefined when it could not. */
export function valueParameter(column: ColumnRef, value: Literal, bind: Bind): string | undefined {
  return scalarParameters(column, [value], bind)[0];
}

/** The members of a set column, each reached as `sql`. */
export function memberColumn({ name, type }: ColumnRef, sql: string): ColumnRef {
  return { name, sql, memberOf: type, type: { type: type.type.startsWith('id') ? 'id' : 'string' } };
}

/** SQL of a condition that holds for no row. */
const nothing = 'FALSE';

function memberParameters(column: ColumnRef, values: readonly Literal[], bind: Bind): readonly string[] {
  return scalarParameters(memberColumn(column, column.sql), values, bind);
}

function scalarParameters(column: ColumnRef, values: readonly Literal[], bind: Bind): readonly string[] {
  return values.flatMap((value) => {
    if (!isOrderedWith(column, value)) return [plainParameter(column, '=', value, bind)];
    const range = rangeOf(column)!;
    const bound = boundOf('=', numberFor(column.type, value)!, range);
    return typeof bound === 'string' ? [] : [range.parameter(bound.parts, bind)];
  });
}

function isOrderedWith(column: ColumnRef, value: Literal): boolean {
  return rangeOf(column) !== undefined && numberFor(column.type, value) !== undefined;
}

/** Text for a string column, true or false for a bool. */
function plainParameter(column: ColumnRef, op: ComparisonOperator, value: Literal, bind: Bind): string {
  const { type } = column.type;
  const isEquality = op === '=' || op === '!=';
  if (type === 'string' && value.kind === 'text') return `CAST(${bind(value.text)} AS VARCHAR)`;
  if (type === 'bool' && value.kind === 'boolean' && isEquality) return `CAST(${bind(value.value)} AS BOOLEAN)`;
  if (!isEquality) throw incompatible(column, op);
  const types = `'${typeName(column.memberOf ?? column.type)}' and '${literalTypeName(value)}'`;
  throw badStatement(`column '${column.name}': types ${types} are not equatable`);
}

function incompatible(column: ColumnRef, op: ComparisonOperator): Problem {
  return badStatement(`column '${column.name}': operator '${op}' incompatible with type '${typeName(column.type)}'`);
}

function sqlOperator(op: ComparisonOperator): string {
  return op === '!=' ? '<>' : op;
}
