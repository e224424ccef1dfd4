import type { TreeNode } from './statement-parser.ts';

/** The FROM item that names a table, and the WHERE that every row of it has to pass to matter. */
export interface TablePlace {
  readonly where: TreeNode;
  /** Lower-case name that columns are reached by. */
  readonly alias: string;
  /** Whether it is all of its FROM, so that a column needs no table before its name. */
  readonly isAlone: boolean;
}

/** What a FROM item stands under. `where` is undefined where rows that fail it may matter all the same. */
interface Surroundings {
  readonly where: TreeNode | undefined;
  readonly isAlone: boolean;
}

const unknown: Surroundings = { where: undefined, isAlone: false };
/** Joins in which a row of the left side, or of either side, gives nothing but rows that have its values. */
const leftJoins: ReadonlySet<unknown> = new Set(['LEFT', 'INNER', 'SEMI', 'ANTI']);
const rightJoins: ReadonlySet<unknown> = new Set(['INNER']);
/** Joins that look at a pair of rows alone. ASOF looks at neighbours, and POSITIONAL counts rows. */
const pairwiseJoins: ReadonlySet<unknown> = new Set(['REGULAR', 'CROSS', 'NATURAL']);

/**
 * Where a statement reads a table; undefined when it does so more than once or by its hidden view, or where its WHERE does
 * not decide alone which rows matter: outer sides of joins, samples, PIVOT. A CTE of the same name is not told apart, so
 * it counts too.
 * @param hiddenView name of the other view of the same segments, whose columns are not the table's
 */
export function onlyPlaceOf(table: string, hiddenView: string, statement: TreeNode): TablePlace | undefined {
  const places: (TablePlace | undefined)[] = [];

  function look(part: unknown): void {
    if (typeof part !== 'object' || part === null) return;
    const node = part as TreeNode;
    if (node['type'] === 'BASE_TABLE') lookAtFrom(node, unknown);
    else if (node['type'] === 'SELECT_NODE') lookAtSelect(node);
    else for (const child of Object.values(node)) look(child);
  }

  function lookAtSelect({ from_table: from, ...clauses }: TreeNode): void {
    const where = clauses['sample'] === null ? ((clauses['where_clause'] as TreeNode | null) ?? undefined) : undefined;
    lookAtFrom(from as TreeNode, { where, isAlone: true });
    for (const clause of Object.values(clauses)) look(clause);
  }

  function lookAtFrom(from: TreeNode, { where, isAlone }: Surroundings): void {
    const wanted = from['sample'] === null ? where : undefined;
    if (from['type'] === 'BASE_TABLE') {
      const name = String(from['table_name']).toLowerCase();
      if (name === table.toLowerCase()) places.push(placeOf(from, name, { where: wanted, isAlone }));
      if (name === hiddenView.toLowerCase()) places.push(undefined);
    } else if (from['type'] === 'JOIN') {
      const { left, right, ...rest } = from;
      const isPairwise = pairwiseJoins.has(from['ref_type']);
      const side = (joins: ReadonlySet<unknown>) => ({
        where: isPairwise && joins.has(from['join_type']) ? wanted : undefined,
        isAlone: false,
      });
      lookAtFrom(left as TreeNode, side(leftJoins));
      lookAtFrom(right as TreeNode, side(rightJoins));
      for (const part of Object.values(rest)) look(part);
    } else for (const part of Object.values(from)) look(part);
  }

  look(statement);
  return places.length === 1 ? places[0] : undefined;
}

function placeOf(table: TreeNode, name: string, { where, isAlone }: Surroundings): TablePlace | undefined {
  const renamed = table['column_name_alias'] as readonly string[];
  if (where === undefined || renamed.length > 0) return undefined;
  return { where, alias: String(table['alias'] ?? '').toLowerCase() || name, isAlone };
}
