import { isSetType } from '../../domain/column-type.ts';
import type { QueryTable } from '../../ports/query-engine.ts';
import { kindOf, type NamedColumn, type Relation, type Scope } from './name-scope.ts';
import type { TreeNode } from './statement-parser.ts';
import { callOf, isLiteral, notOf } from './tree-expressions.ts';

type Ctes = ReadonlyMap<string, readonly NamedColumn[]>;

interface Place {
  /** Columns of tables, by the tables' lower-case names. */
  readonly tables: Ctes;
  readonly ctes: Ctes;
  readonly scope: Scope | undefined;
}

interface Rewritten {
  readonly node: TreeNode;
  readonly columns: readonly NamedColumn[];
}

/**
 * FeatureBase's meaning of `=`, `<>`, IN and NOT IN between a set column and literals: whether the set has the member,
 * has it not, has any, has none. Where no column is a set, and between sets and lists, they stay as they are.
 * @throws QueryRefused when a name without its table could be both
 */
export function withSetEquality(statement: TreeNode, tables: readonly QueryTable[]): TreeNode {
  const columns = tables.map(({ name, shape }): [string, readonly NamedColumn[]] => [
    name.toLowerCase(),
    [
      { name: '_id', kind: 'scalar' },
      ...shape.columns.map((column): NamedColumn => {
        return { name: column.name.toLowerCase(), kind: isSetType(column.type.type) ? 'set' : 'scalar' };
      }),
    ],
  ]);
  const place = { tables: new Map(columns), ctes: new Map(), scope: undefined };
  const { node } = rewriteQuery(statement['node'] as TreeNode, place);
  return { ...statement, node };
}

function rewriteQuery(query: TreeNode, outside: Place): Rewritten {
  const { cteMap, place } = rewriteCtes(query['cte_map'] as TreeNode, outside);
  const changed = { ...query, cte_map: cteMap };
  switch (query['type']) {
    case 'SELECT_NODE':
      return rewriteSelect(changed, place);
    case 'SET_OPERATION_NODE': {
      const left = rewriteQuery(query['left'] as TreeNode, place);
      const right = rewriteQuery(query['right'] as TreeNode, place);
      return { node: { ...changed, left: left.node, right: right.node }, columns: left.columns };
    }
    case 'RECURSIVE_CTE_NODE': {
      const left = rewriteQuery(query['left'] as TreeNode, place);
      const own = withCte(place, String(query['cte_name']), left.columns);
      const right = rewriteQuery(query['right'] as TreeNode, own);
      return { node: { ...changed, left: left.node, right: right.node }, columns: left.columns };
    }
    default:
      return { node: query, columns: [] };
  }
}

function rewriteCtes(cteMap: TreeNode, outside: Place): { readonly cteMap: TreeNode; readonly place: Place } {
  let place = outside;
  const entries = (cteMap['map'] as readonly TreeNode[]).map((entry) => {
    const cte = entry['value'] as TreeNode;
    const query = cte['query'] as TreeNode;
    const { node, columns } = rewriteQuery(query['node'] as TreeNode, place);
    place = withCte(place, String(entry['key']), renamed(columns, cte['aliases']));
    return { ...entry, value: { ...cte, query: { ...query, node } } };
  });
  return { cteMap: { ...cteMap, map: entries }, place };
}

function rewriteSelect(select: TreeNode, outside: Place): Rewritten {
  const from = rewriteRelation(select['from_table'] as TreeNode, outside);
  const inner = { relations: from.relations, aliases: [], outer: outside.scope };
  const columns = (select['select_list'] as readonly TreeNode[]).flatMap((item) => outputOf(item, inner));
  const place = { ...outside, scope: { ...inner, aliases: columns } };
  const { from_table: _from, cte_map: cteMap, ...clauses } = select;
  const node = { ...rewriteParts(clauses, place), from_table: from.node, cte_map: cteMap };
  return { node, columns };
}

/** The columns that an item of a SELECT list gives. */
function outputOf(item: TreeNode, scope: Scope): readonly NamedColumn[] {
  const alias = String(item['alias'] ?? '').toLowerCase();
  if (item['class'] === 'STAR') {
    const name = String(item['relation_name'] ?? '').toLowerCase();
    return scope.relations
      .filter((relation) => name === '' || relation.name === name)
      .flatMap(({ columns }) => columns);
  }
  if (item['class'] !== 'COLUMN_REF') return [{ name: alias, kind: 'scalar' }];
  const names = item['column_names'] as readonly string[];
  return [{ name: alias || names.at(-1)!.toLowerCase(), kind: kindOf(names, scope) ?? 'scalar' }];
}

function rewriteRelation(
  relation: TreeNode,
  place: Place,
): { readonly node: TreeNode; readonly relations: readonly Relation[] } {
  const alias = String(relation['alias'] ?? '').toLowerCase();
  const named = (name: string, columns: readonly NamedColumn[]) => [
    { name, columns: renamed(columns, relation['column_name_alias']) },
  ];
  switch (relation['type']) {
    case 'BASE_TABLE': {
      const name = String(relation['table_name']).toLowerCase();
      const columns = place.ctes.get(name) ?? place.tables.get(name) ?? [];
      return { node: relation, relations: named(alias || name, columns) };
    }
    case 'SUBQUERY': {
      const subquery = relation['subquery'] as TreeNode;
      const { node, columns } = rewriteQuery(subquery['node'] as TreeNode, place);
      return { node: { ...relation, subquery: { ...subquery, node } }, relations: named(alias, columns) };
    }
    case 'JOIN': {
      const left = rewriteRelation(relation['left'] as TreeNode, place);
      const lateral = { relations: left.relations, aliases: [], outer: place.scope };
      const right = rewriteRelation(relation['right'] as TreeNode, { ...place, scope: lateral });
      const relations = [...left.relations, ...right.relations];
      const inner = { ...place, scope: { relations, aliases: [], outer: place.scope } };
      const condition = rewritePart(relation['condition'], inner);
      return { node: { ...relation, left: left.node, right: right.node, condition }, relations };
    }
    default:
      return { node: rewriteParts(relation, place), relations: named(alias, []) };
  }
}

/** An expression, or anything that holds expressions; its subqueries are queries of their own. */
function rewritePart(part: unknown, place: Place): unknown {
  if (Array.isArray(part)) return part.map((item) => rewritePart(item, place));
  if (typeof part !== 'object' || part === null || 'rawJSON' in part) return part;
  const node = part as TreeNode;
  if (node['cte_map'] !== undefined) return rewriteQuery(node, place).node;
  return rewriteComparison(rewriteParts(node, place), place.scope);
}

function rewriteParts(node: TreeNode, place: Place): TreeNode {
  return Object.fromEntries(Object.entries(node).map(([name, part]) => [name, rewritePart(part, place)]));
}

function rewriteComparison(node: TreeNode, scope: Scope | undefined): TreeNode {
  const { type } = node;
  if (type === 'COMPARE_EQUAL' || type === 'COMPARE_NOTEQUAL') {
    const sides = [node['left'], node['right']] as readonly TreeNode[];
    const set = sides.find((side) => isSetReference(side, scope));
    const member = sides.find((side) => side !== set);
    if (set === undefined || member === undefined || !isLiteral(member)) return node;
    const has = callOf('list_contains', [set, member], node);
    return type === 'COMPARE_EQUAL' ? has : notOf(has);
  }
  if (type === 'COMPARE_IN' || type === 'COMPARE_NOT_IN') {
    const [set, ...members] = node['children'] as readonly TreeNode[];
    if (set === undefined || !isSetReference(set, scope) || !members.every(isLiteral)) return node;
    const has = callOf('list_has_any', [set, callOf('list_value', members, set)], node);
    return type === 'COMPARE_IN' ? has : notOf(has);
  }
  return node;
}

function isSetReference(node: TreeNode, scope: Scope | undefined): boolean {
  return node['class'] === 'COLUMN_REF' && kindOf(node['column_names'] as readonly string[], scope) === 'set';
}

/** Columns under the names that `x(a, b)` gives them, in order. */
function renamed(columns: readonly NamedColumn[], names: unknown): readonly NamedColumn[] {
  const given = (names ?? []) as readonly string[];
  return columns.map((column, i) => (given[i] === undefined ? column : { ...column, name: given[i].toLowerCase() }));
}

function withCte(place: Place, name: string, columns: readonly NamedColumn[]): Place {
  return { ...place, ctes: new Map([...place.ctes, [name.toLowerCase(), columns]]) };
}
