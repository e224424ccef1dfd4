import type { TreeNode } from './statement-parser.ts';

/** A call of one of DuckDB's functions, in the place (and under the alias) of another expression. */
export function callOf(name: string, children: readonly TreeNode[], insteadOf: TreeNode): TreeNode {
  return {
    class: 'FUNCTION',
    type: 'FUNCTION',
    alias: insteadOf['alias'],
    query_location: insteadOf['query_location'],
    function_name: name,
    schema: '',
    children,
    filter: null,
    order_bys: { type: 'ORDER_MODIFIER', orders: [] },
    distinct: false,
    is_operator: false,
    export_state: false,
    catalog: '',
  };
}

/** NOT of an expression, under its alias. */
export function notOf(expression: TreeNode): TreeNode {
  return {
    class: 'OPERATOR',
    type: 'OPERATOR_NOT',
    alias: expression['alias'],
    query_location: expression['query_location'],
    children: [{ ...expression, alias: '' }],
  };
}

/** One value that is written out: a constant but NULL, with or without a cast. */
export function isLiteral(node: TreeNode): boolean {
  if (node['class'] === 'CONSTANT') return (node['value'] as TreeNode)['is_null'] !== true;
  if (node['class'] !== 'CAST' || (node['cast_type'] as TreeNode)['id'] === 'LIST') return false;
  return isLiteral(node['child'] as TreeNode);
}
