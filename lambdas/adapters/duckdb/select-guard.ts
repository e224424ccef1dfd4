import { QueryRefused } from '../../ports/query-engine.ts';
import { checkAliases } from './alias-expansion.ts';
import { allowedFunctions, allowedTableFunctions } from './allowed-functions.ts';
import { isBoundedCall } from './bounded-functions.ts';
import type { TreeNode } from './statement-parser.ts';

/** FROM items. */
const relationTypes: ReadonlySet<string> = new Set([
  'BASE_TABLE',
  'SUBQUERY',
  'JOIN',
  'TABLE_FUNCTION',
  'EXPRESSION_LIST',
  'EMPTY',
  'PIVOT',
]);

/** Queries and their modifiers. */
const queryTypes: ReadonlySet<string> = new Set([
  'SELECT_NODE',
  'SET_OPERATION_NODE',
  'RECURSIVE_CTE_NODE',
  'ORDER_MODIFIER',
  'LIMIT_MODIFIER',
  'LIMIT_PERCENT_MODIFIER',
  'DISTINCT_MODIFIER',
  'ORDER_DEFAULT',
  'ASCENDING',
  'DESCENDING',
]);

/** Classes of expressions. Parameters are not among them: a user's statement has none. */
const allowedClasses: ReadonlySet<string> = new Set([
  'BETWEEN',
  'CASE',
  'CAST',
  'COLLATE',
  'COLUMN_REF',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'FUNCTION',
  'LAMBDA',
  'OPERATOR',
  'POSITIONAL_REFERENCE',
  'STAR',
  'SUBQUERY',
  'WINDOW',
]);

/** FROM items of one statement: enough for any report, and as many as the engine plans within a second. */
const relationsMax = 100;
/** Views of the engine that need no schema; no CTE may borrow their names. */
const systemNames = /^(?:duckdb_|pg_|pragma_|sqlite_|information_schema)/i;

interface Visit {
  /** By lower-case name. */
  readonly tables: ReadonlyMap<string, string>;
  readonly used: Set<string>;
  relations: number;
}

/**
 * Lets a statement's tree pass only if it is made of parts that are known to be harmless, all the way down: FROM items
 * are the given tables, CTEs, subqueries and a few functions; functions are of `allowedFunctions`; nothing is reached
 * through a catalog or schema. What DuckDB would take for a file name is a table that is not there.
 * @returns the names of the tables that the statement reads
 * @throws QueryRefused
 */
export function guardSelect(statement: TreeNode, tableNames: readonly string[]): ReadonlySet<string> {
  const tables = new Map(tableNames.map((name) => [name.toLowerCase(), name]));
  const visit: Visit = { tables, used: new Set(), relations: 0 };
  walk(statement, new Set(), visit);
  return visit.used;
}

/** @param ctes lower-case names of the common table expressions that can be seen from here */
function walk(part: unknown, ctes: ReadonlySet<string>, visit: Visit): void {
  if (Array.isArray(part)) for (const item of part) walk(item, ctes, visit);
  if (!isNode(part) || Array.isArray(part)) return;
  check(part, ctes, visit);
  const { cte_map: cteMap, ...rest } = part;
  const visible = isNode(cteMap) ? walkCtes(cteMap, ctes, visit) : ctes;
  for (const [name, child] of Object.entries(rest)) {
    if (part['type'] === 'TABLE_FUNCTION' && name === 'function') {
      walkArguments(child as TreeNode, visible, visit);
      continue;
    }
    // Only the repeated half of a recursive query sees its own name.
    const isRepeated = part['type'] === 'RECURSIVE_CTE_NODE' && name === 'right';
    walk(child, isRepeated ? withName(visible, part['cte_name']) : visible, visit);
  }
}

/** The function itself has been checked as one that may stand in FROM. */
function walkArguments(call: TreeNode, ctes: ReadonlySet<string>, visit: Visit): void {
  for (const child of Object.values(call)) walk(child, ctes, visit);
}

/** Each CTE sees those before it, and not itself: its own name is then a table's. */
function walkCtes(cteMap: TreeNode, ctes: ReadonlySet<string>, visit: Visit): ReadonlySet<string> {
  let visible = ctes;
  for (const entry of cteMap['map'] as readonly TreeNode[]) {
    const name = String(entry['key']);
    if (systemNames.test(name)) throw new QueryRefused(`the name '${name}' is the engine's own`);
    walk(entry['value'], visible, visit);
    visible = withName(visible, name);
  }
  return visible;
}

function check(node: TreeNode, ctes: ReadonlySet<string>, visit: Visit): void {
  const { class: kind, type } = node;
  if (typeof kind === 'string') {
    if (!allowedClasses.has(kind)) throw notSupported(kind);
    if (kind === 'FUNCTION' || kind === 'WINDOW') checkFunction(node, allowedFunctions);
  } else if (typeof type === 'string') {
    if (relationTypes.has(type)) checkRelation(node, type, ctes, visit);
    else if (type === 'SELECT_NODE') checkAliases(node);
    else if (!queryTypes.has(type) && !type.endsWith('_TYPE_INFO')) throw notSupported(type);
  }
  if (typeof node['pivot_enum'] === 'string' && node['pivot_enum'] !== '')
    throw new QueryRefused('PIVOT over the values of a type is not supported here');
}

function checkRelation(node: TreeNode, type: string, ctes: ReadonlySet<string>, visit: Visit): void {
  visit.relations += 1;
  if (visit.relations > relationsMax) throw new QueryRefused(`a statement may have at most ${relationsMax} FROM items`);
  if (type === 'TABLE_FUNCTION') checkTableFunction(node['function'] as TreeNode);
  if (type === 'BASE_TABLE') checkTable(node, ctes, visit);
}

function checkTable(node: TreeNode, ctes: ReadonlySet<string>, visit: Visit): void {
  const name = String(node['table_name']);
  const qualifiers = [node['catalog_name'], node['schema_name']].filter((part) => part !== '');
  const full = [...qualifiers, name].join('.');
  const table = visit.tables.get(name.toLowerCase());
  if (qualifiers.length > 0) throw new QueryRefused(`table or view '${shown(full)}' not found`);
  if (node['at_clause'] !== null && node['at_clause'] !== undefined)
    throw new QueryRefused(`table '${shown(name)}' has no earlier versions: AT is not supported here`);
  if (ctes.has(name.toLowerCase())) return;
  if (table === undefined) throw new QueryRefused(`table or view '${shown(full)}' not found`);
  visit.used.add(table);
}

function checkTableFunction(call: TreeNode): void {
  const name = String(call['function_name']).toLowerCase();
  if (!allowedTableFunctions.has(name)) throw new QueryRefused(`function '${shown(name)}' is not supported here`);
  checkFunction(call, allowedTableFunctions);
}

/** Calls that the grammar makes of its own words have the schema `main`, where all allowed functions are. */
function checkFunction(node: TreeNode, allowed: ReadonlySet<string>): void {
  const name = String(node['function_name']);
  const schema = node['schema'];
  const isPlain = node['catalog'] === '' && (schema === '' || schema === 'main');
  if (isPlain && (allowed.has(name.toLowerCase()) || (node['class'] === 'FUNCTION' && isBoundedCall(node)))) return;
  throw new QueryRefused(`function '${shown(name)}' is not supported here`);
}

/** Parts as users know them, by the tree's name. */
const userWords: Readonly<Record<string, string>> = {
  PARAMETER: 'a parameter such as $1 or ?',
  SHOW_REF: 'DESCRIBE, SHOW or SUMMARIZE',
};

function notSupported(part: string): QueryRefused {
  return new QueryRefused(`${userWords[part] ?? shown(part.replaceAll('_', ' '))} is not supported here`);
}

function withName(names: ReadonlySet<string>, name: unknown): ReadonlySet<string> {
  return new Set([...names, String(name).toLowerCase()]);
}

function isNode(part: unknown): part is TreeNode {
  return typeof part === 'object' && part !== null;
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

/** Names of all FROM items of a statement that is not a user's. */
export function tableNamesIn(statement: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (part: unknown): void => {
    if (!isNode(part)) return;
    if (part['type'] === 'BASE_TABLE') names.add(String(part['table_name']));
    for (const child of Object.values(part)) look(child);
  };
  look(statement);
  return names;
}
