import type { ColumnType, Scalar } from '../../domain/column-type.ts';
import type { ColumnId } from '../../domain/ids.ts';
import { compareScalars } from '../../domain/merge/scalar-order.ts';
import type { Segment } from '../../domain/segment.ts';
import { type ColumnRange, type RangeEnds, rangeEnds } from '../../domain/segment-ranges.ts';
import type { KeyType } from '../../domain/table.ts';

/** Values from `from` to `to`, both included; an absent end is open. */
export interface Span {
  readonly from?: Scalar;
  readonly to?: Scalar;
}

/** Holds only where the column's value is in one of the spans, so never for null. */
export interface ColumnCondition {
  readonly column: ColumnId | 'key';
  readonly type: ColumnType['type'];
  readonly spans: readonly Span[];
}

/** A row that an answer looks at meets at least one of these. They may let through more than the statement does. */
export type RowCondition = readonly ColumnCondition[];

/**
 * The segments that can matter to an answer whose rows meet all the conditions. Segments are merged on read, so that none
 * may go only because of the values that it holds: it could hold the newer value, the null or the delete that takes a row
 * out of the answer, or the cell that brings one in. Two rules:
 *
 * - A condition on the key: segments without a key that meets it go. Rows that meet it keep all their segments; others
 *   may be left half merged, but fail the condition as before.
 * - Any other condition: segments are grouped by overlap of their key ranges, and a group goes when no segment of it
 *   holds a value that meets the condition. Each key is then in one group only, so what is left of a row is all of it,
 *   and what goes could only become rows that fail: a merged value is one of the values merged, or null.
 *
 * Each condition is judged alone: a row may meet one by a value of one segment and another by a value of the next.
 */
export function pruneSegments(
  segments: readonly Segment[],
  keyType: KeyType,
  conditions: readonly RowCondition[],
): readonly Segment[] {
  const isOnKey = (condition: RowCondition) => condition.every(({ column }) => column === 'key');
  let kept = segments.filter(({ rows }) => rows > 0);
  for (const condition of conditions.filter(isOnKey)) kept = kept.filter((segment) => mayMeet(segment, condition));
  for (const condition of conditions.filter((each) => !isOnKey(each))) {
    const groups = groupsOfKeys(kept, keyType).filter((group) => group.some((segment) => mayMeet(segment, condition)));
    const needed = new Set(groups.flat());
    kept = kept.filter((segment) => needed.has(segment));
  }
  return kept;
}

/** Whether a segment may hold a value that meets the condition. */
export function mayMeet(segment: Segment, condition: RowCondition): boolean {
  return condition.some(({ column, type, spans }) => {
    const range = rangeOf(segment, column);
    if (range === undefined) return true;
    const ends = rangeEnds(range, type);
    return ends !== undefined && spans.some((span) => overlaps(span, ends));
  });
}

/** undefined: any value; empty: none, as in a column without cells. */
function rangeOf({ ranges, columns }: Segment, column: ColumnId | 'key'): ColumnRange | undefined {
  if (ranges === undefined) return undefined;
  if (column === 'key') return ranges.key;
  return ranges.columns[column] ?? (columns[column] === undefined ? [] : undefined);
}

function overlaps({ from, to }: Span, { min, max }: RangeEnds): boolean {
  return (from === undefined || compareScalars(from, max) <= 0) && (to === undefined || compareScalars(min, to) <= 0);
}

/** Segments by key ranges that touch each other, also by way of others; one group when a range is unknown. */
function groupsOfKeys(segments: readonly Segment[], keyType: KeyType): readonly (readonly Segment[])[] {
  const placed = segments.flatMap((segment) => {
    const ends = segment.ranges && rangeEnds(segment.ranges.key, keyType);
    return ends ? [{ segment, ...ends }] : [];
  });
  if (placed.length < segments.length) return [segments];
  const groups: { readonly members: Segment[]; end: Scalar }[] = [];
  for (const { segment, min, max } of placed.sort((a, b) => compareScalars(a.min, b.min))) {
    const last = groups.at(-1);
    if (last === undefined || compareScalars(last.end, min) < 0) groups.push({ members: [segment], end: max });
    else {
      last.members.push(segment);
      if (compareScalars(last.end, max) < 0) last.end = max;
    }
  }
  return groups.map(({ members }) => members);
}
