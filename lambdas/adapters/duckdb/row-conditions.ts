import type { ColumnType } from '../../domain/column-type.ts';
import type { TableShape } from '../../domain/table.ts';
import { type Constant, constantOf, type Parameters } from './constant-values.ts';
import type { ColumnCondition, RowCondition, Span } from './prune-segments.ts';
import type { TreeNode } from './statement-parser.ts';
import type { TablePlace } from './table-places.ts';
import { type SpanOperator, spansOf } from './value-spans.ts';

const operators: ReadonlyMap<unknown, SpanOperator> = new Map([
  ['COMPARE_EQUAL', '='],
  ['COMPARE_LESSTHAN', '<'],
  ['COMPARE_LESSTHANOREQUALTO', '<='],
  ['COMPARE_GREATERTHAN', '>'],
  ['COMPARE_GREATERTHANOREQUALTO', '>='],
]);

/** `5 < x` is `x > 5`. */
const flipped: Readonly<Record<SpanOperator, SpanOperator>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

interface NamedColumn {
  readonly column: ColumnCondition['column'];
  readonly type: ColumnType;
}

/** Reads the parts of expressions at one place. */
interface Reader {
  readonly columnOf: (node: TreeNode) => NamedColumn | undefined;
  readonly constantOf: (node: TreeNode) => Constant | undefined;
}

/**
 * What the WHERE at a place asks of each of the table's rows, as far as it compares columns with constants. What is not
 * understood is left out: the conditions hold for every row that the WHERE lets through, and perhaps for others.
 */
export function rowConditions(
  shape: TableShape,
  { where, alias, isAlone }: TablePlace,
  parameters: Parameters,
): readonly RowCondition[] {
  const reader: Reader = {
    columnOf(node) {
      if (node['class'] !== 'COLUMN_REF') return undefined;
      const names = (node['column_names'] as readonly string[]).map((name) => name.toLowerCase());
      // Without its table a name could be that of another table, and in a join with USING stand for both.
      const isOurs = names.length === 2 ? names[0] === alias : names.length === 1 && isAlone;
      return isOurs ? columnNamed(shape, names.at(-1)!) : undefined;
    },
    constantOf: (node) => constantOf(node, parameters),
  };
  return conjuncts(where).flatMap((part) => {
    const condition = conditionOf(part, reader);
    return condition ? [condition] : [];
  });
}

/** By lower-case name; a table may have no two columns of one name, and if it had, neither would be meant. */
function columnNamed({ keyType, columns }: TableShape, name: string): NamedColumn | undefined {
  if (name === '_id') return { column: 'key', type: { type: keyType } };
  const [column, ...others] = columns.filter((each) => each.name.toLowerCase() === name);
  return column && others.length === 0 ? { column: column.id, type: column.type } : undefined;
}

function conjuncts(part: TreeNode): readonly TreeNode[] {
  return part['type'] === 'CONJUNCTION_AND' ? childrenOf(part).flatMap(conjuncts) : [part];
}

function conditionOf(part: TreeNode, reader: Reader): RowCondition | undefined {
  switch (part['type']) {
    case 'CONJUNCTION_OR':
      return anyOf(childrenOf(part).map((child) => conditionOf(child, reader)));
    case 'CONJUNCTION_AND':
      // Within OR. One of the parts stands for all: a row could meet them by values of different segments.
      return childrenOf(part)
        .map((child) => conditionOf(child, reader))
        .find((condition) => condition !== undefined);
    case 'COMPARE_IN': {
      const [input, ...values] = childrenOf(part);
      return columnCondition(
        input!,
        values.map((value) => ['=', value] as const),
        anySpan,
        reader,
      );
    }
    case 'COMPARE_BETWEEN': {
      const { input, lower, upper } = part as Readonly<Record<string, TreeNode>>;
      return columnCondition(
        input!,
        [
          ['>=', lower!],
          ['<=', upper!],
        ],
        bothSpans,
        reader,
      );
    }
    default:
      return comparisonOf(part, reader);
  }
}

function comparisonOf(part: TreeNode, reader: Reader): RowCondition | undefined {
  const op = operators.get(part['type']);
  if (op === undefined) return undefined;
  const { left, right } = part as Readonly<Record<string, TreeNode>>;
  return (
    columnCondition(left!, [[op, right!]], anySpan, reader) ??
    columnCondition(right!, [[flipped[op], left!]], anySpan, reader)
  );
}

type Spans = readonly Span[];

/** @param join of the spans of each comparison */
function columnCondition(
  input: TreeNode,
  comparisons: readonly (readonly [SpanOperator, TreeNode])[],
  join: (spans: readonly Spans[]) => Spans,
  { columnOf, constantOf: read }: Reader,
): RowCondition | undefined {
  const named = columnOf(input);
  if (named === undefined) return undefined;
  const constants = comparisons.map(([, value]) => read(value));
  // Of different kinds, all would be brought to a type that is none of theirs.
  if (new Set(constants.map((constant) => constant?.kind)).size > 1) return undefined;
  const spans = comparisons.map(([op], i) => constants[i] && spansOf(named.type, op, constants[i]));
  if (!spans.every((each) => each !== undefined)) return undefined;
  return [{ column: named.column, type: named.type.type, spans: join(spans) }];
}

function anySpan(spans: readonly Spans[]): Spans {
  return spans.flat();
}

/** Where a first and a second span both are; an end that lies before the beginning lets nothing through. */
function bothSpans([first = [], second = []]: readonly Spans[]): Spans {
  return first.flatMap((from) => second.map((to) => ({ ...to, ...from })));
}

function anyOf(conditions: readonly (RowCondition | undefined)[]): RowCondition | undefined {
  return conditions.every((condition) => condition !== undefined) ? conditions.flat() : undefined;
}

function childrenOf(part: TreeNode): readonly TreeNode[] {
  return part['children'] as readonly TreeNode[];
}
