import { QueryRefused } from '../../ports/query-engine.ts';
import type { TreeNode } from './statement-parser.ts';

/** Expressions of one SELECT once its aliases are written out: as many as the engine plans within a second. */
const expandedMax = 10_000;

/**
 * Refuses a SELECT whose aliases build on each other so often that writing them out, which the engine does, never ends:
 * `SELECT 1 AS a, a + a AS b, b + b AS c ...` doubles with every step, and nothing interrupts it.
 */
export function checkAliases(select: TreeNode): void {
  const sizes = new Map<string, number>();
  let total = 0;
  const add = (part: unknown): number => {
    const size = expandedSize(part, sizes);
    total += size;
    if (total > expandedMax)
      throw new QueryRefused(`the aliases of a SELECT stand for more than ${expandedMax} expressions`);
    return size;
  };
  const { select_list: items, ...clauses } = select;
  for (const item of items as readonly TreeNode[]) {
    const size = add(item);
    if (typeof item['alias'] === 'string' && item['alias'] !== '') sizes.set(item['alias'].toLowerCase(), size);
  }
  if (sizes.size > 0) add(clauses);
}

/** Expressions within a part, each reference to an alias counted as what it stands for. */
function expandedSize(part: unknown, sizes: ReadonlyMap<string, number>): number {
  if (typeof part !== 'object' || part === null) return 0;
  const node = part as TreeNode;
  if (node['class'] === 'COLUMN_REF') {
    const names = node['column_names'] as readonly string[];
    return (names.length === 1 && sizes.get(names[0]!.toLowerCase())) || 1;
  }
  const inside = Object.values(node).reduce((sum: number, child) => sum + expandedSize(child, sizes), 0);
  return inside + (node['class'] === undefined ? 0 : 1);
}
