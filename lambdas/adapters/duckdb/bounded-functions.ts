import { QueryRefused } from '../../ports/query-engine.ts';
import type { TreeNode } from './statement-parser.ts';

/** Largest length that a call may ask for. */
const lengthMax = 10_000;
/** A width of a format in five digits or more, or one that stands in an argument. */
const wideFormat = /\d{5}|\*|\{[^}]*\{/;

/**
 * Functions whose result is as long as an argument says. One call could fill the machine's memory, which DuckDB does not
 * count against its limit; with that argument written out and small they are harmless. `length`: place of the argument.
 */
const boundedFunctions: ReadonlyMap<string, 'format' | { readonly length: number }> = new Map<
  string,
  'format' | { readonly length: number }
>([
  ['repeat', { length: 1 }],
  ['lpad', { length: 1 }],
  ['rpad', { length: 1 }],
  ['list_resize', { length: 1 }],
  ['array_resize', { length: 1 }],
  ['format', 'format'],
  ['printf', 'format'],
]);

/** Whether a call is of such a function; throws QueryRefused when its length is not written out or too large. */
export function isBoundedCall(call: TreeNode): boolean {
  const name = String(call['function_name']).toLowerCase();
  const bound = boundedFunctions.get(name);
  if (bound === undefined) return false;
  const children = call['children'] as readonly TreeNode[];
  const constant = constantOf(children[bound === 'format' ? 0 : bound.length]);
  if (bound === 'format') {
    if (constant === undefined || wideFormat.test(constant))
      throw new QueryRefused(`function '${name}' takes a format that is written out, with widths below 10,000`);
  } else if (constant === undefined || !(Number(constant) <= lengthMax))
    throw new QueryRefused(`function '${name}' takes a length that is written out and at most ${lengthMax}`);
  return true;
}

/** The text of a constant; numbers keep the digits that they were written with. */
function constantOf(node: TreeNode | undefined): string | undefined {
  if (node?.['class'] !== 'CONSTANT') return undefined;
  const value = (node['value'] as TreeNode)['value'];
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'rawJSON' in value ? String(value.rawJSON) : undefined;
}
