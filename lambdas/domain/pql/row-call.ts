import { badStatement, excerpt } from '../sql/bad-statement.ts';
import { membership, valueParameter } from '../sql/condition.ts';
import { fromTable, keyColumn } from '../sql/queryable-table.ts';
import { fieldCondition } from './field-condition.ts';
import { constRowIds, namedIds } from './named-ids.ts';
import { callsOf, expectOnly, misused, onlyCallOf, optionsOf } from './pql-options.ts';
import type { PqlScope } from './pql-scope.ts';
import type { PqlCall } from './pql-tree.ts';

type RowCall = (call: PqlCall, scope: PqlScope) => string;

const rowCalls: ReadonlyMap<string, RowCall> = new Map<string, RowCall>([
  ['All', all],
  ['ConstRow', (call, scope) => membership(keyColumn(scope.table), constRowIds(call), scope.bind)],
  ['Row', fieldCondition],
  ['Union', union],
  ['Intersect', (call, scope) => joined(atLeastOne(call, scope), 'AND')],
  ['Difference', difference],
  ['Xor', xor],
  ['Not', not],
  ['Limit', limit],
]);

/** Names of the calls that are sets of records. */
export const rowCallNames: readonly string[] = [...rowCalls.keys()];

/**
 * SQL of the condition that holds for the records of a row call, over one scan of the table. It may be null where it
 * does not hold, so calls that look for what does not hold ask IS NOT TRUE.
 */
export function rowCondition(call: PqlCall, scope: PqlScope): string {
  const compile = rowCalls.get(call.name);
  if (compile) return compile(call, scope);
  const message = `PQL call ${excerpt(call.name)} is not supported as a row call; these are: ${rowCallNames.join(', ')}`;
  throw badStatement(message, scope.statement, call.at);
}

/** SQL of a query for the ids of a row call: one column, ascending. */
export function rowQuery(call: PqlCall, scope: PqlScope): string {
  if (call.name === 'Limit') {
    const rows = rowQuery(onlyCallOf(call), scope);
    return `SELECT * FROM (${rows}) ORDER BY 1 ${limitOf(call)}`;
  }
  const key = keyColumn(scope.table);
  const rows = `SELECT ${key.sql} FROM ${fromTable(scope.table)} WHERE ${rowCondition(call, scope)}`;
  const ids = [...namedIds(call, scope).values()].map((id) => valueParameter(key, id, scope.bind));
  if (ids.length === 0) return `${rows} ORDER BY 1`;
  const absent = `n.v NOT IN (SELECT ${key.sql} FROM ${fromTable(scope.table)})`;
  return `${rows} UNION ALL SELECT n.v FROM (SELECT UNNEST([${ids.join(', ')}])) AS n(v) WHERE ${absent} ORDER BY 1`;
}

/** SQL of a query that counts the ids of a row call. */
export function countQuery(call: PqlCall, scope: PqlScope): string {
  if (call.name === 'Limit' || namedIds(call, scope).size > 0) return `SELECT COUNT(*) FROM (${rowQuery(call, scope)})`;
  return `SELECT COUNT(*) FROM ${fromTable(scope.table)} WHERE ${rowCondition(call, scope)}`;
}

function all(call: PqlCall): string {
  expectOnly(call, []);
  return 'TRUE';
}

function union(call: PqlCall, scope: PqlScope): string {
  const conditions = conditionsOf(call, scope);
  return conditions.length === 0 ? 'FALSE' : joined(conditions, 'OR');
}

function difference(call: PqlCall, scope: PqlScope): string {
  const [first, ...others] = atLeastOne(call, scope);
  return others.length === 0 ? first : `((${first}) AND (${joined(others, 'OR')}) IS NOT TRUE)`;
}

/** Of more than two: the records that an odd number of the sets have. */
function xor(call: PqlCall, scope: PqlScope): string {
  const held = atLeastOne(call, scope).map((condition) => `CAST((${condition}) IS TRUE AS INTEGER)`);
  return `((${held.join(' + ')}) % 2 = 1)`;
}

function not(call: PqlCall, scope: PqlScope): string {
  expectOnly(call, ['call']);
  return `((${rowCondition(onlyCallOf(call), scope)}) IS NOT TRUE)`;
}

/** Which of ConstRow's ids a Limit keeps, only the engine finds out: too late for the calls around it. */
function limit(call: PqlCall, scope: PqlScope): string {
  const query = rowQuery(call, scope);
  if (namedIds(onlyCallOf(call), scope).size > 0)
    throw misused(call, 'over ConstRow is supported as the outermost call only');
  return `${keyColumn(scope.table).sql} IN (${query})`;
}

function conditionsOf(call: PqlCall, scope: PqlScope): readonly string[] {
  expectOnly(call, ['call']);
  return callsOf(call).map((inner) => rowCondition(inner, scope));
}

function atLeastOne(call: PqlCall, scope: PqlScope): readonly [string, ...string[]] {
  const [first, ...others] = conditionsOf(call, scope);
  if (first === undefined) throw misused(call, 'takes at least one call');
  return [first, ...others];
}

function joined(conditions: readonly string[], by: 'AND' | 'OR'): string {
  return `(${conditions.map((condition) => `(${condition})`).join(` ${by} `)})`;
}

/** Without a limit, all from the offset on; a limit of 0 gives nothing (FeatureBase PQL, Limit). */
function limitOf(call: PqlCall): string {
  expectOnly(call, ['call', 'named']);
  const options = optionsOf(call, ['limit', 'offset']);
  const limit = options.count('limit');
  return `${limit === undefined ? '' : `LIMIT ${limit} `}OFFSET ${options.count('offset') ?? 0}`;
}
