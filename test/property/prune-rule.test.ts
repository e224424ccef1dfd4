import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mayMeet, pruneSegments, type RowCondition, type Span } from '../../lambdas/adapters/duckdb/prune-segments.ts';
import { stageRows } from '../../lambdas/adapters/duckdb/stage-rows.ts';
import type { Scalar } from '../../lambdas/domain/column-type.ts';
import type { SegmentId } from '../../lambdas/domain/ids.ts';
import { compareScalars } from '../../lambdas/domain/merge/scalar-order.ts';
import { coalesce, visibleRow } from '../../lambdas/domain/merge.ts';
import type { RowState, VisibleRow } from '../../lambdas/domain/row.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import type { KeyType, TableShape } from '../../lambdas/domain/table.ts';
import { cellsOf, clusteredHistories, keyOf, prunedShape } from './pruning-arbitraries.ts';

type Prune = typeof pruneSegments;
type StoredSegment = Segment & { readonly states: readonly RowState[] };

const numRuns = 4_000;
/** Until an unsound rule is found, which takes some thousands for the least obvious one. */
const runsUntilFound = 100_000;

/** A segment as the writer describes it, with its rows; some of unknown ranges, as old ones are. */
function stored(shape: TableShape, part: readonly RowState[], i: number, isKnown: boolean): StoredSegment {
  const states = coalesce(part).sort((a, b) => compareScalars(a.key, b.key));
  const { places, ranges } = stageRows(shape, states);
  const id = `s${i}` as SegmentId;
  const stats = { rows: states.length, bytes: 1, columns: places, ...(isKnown && ranges && { ranges }) };
  return { id, tableId: shape.id, rowsKey: id, createdAt: '', ...stats, states };
}

function conditionsOn(shape: TableShape): fc.Arbitrary<readonly RowCondition[]> {
  const numbers = fc.tuple(fc.nat({ max: 33 }), fc.nat({ max: 3 }));
  const span = (scalarOf: (v: number) => Scalar) =>
    fc.tuple(numbers, fc.constantFrom('both', 'both', 'both', 'from', 'to')).map(([[v, more], ends]): Span => {
      const [from, to] = [scalarOf(v), scalarOf(v + more)].sort(compareScalars) as [Scalar, Scalar];
      return { ...(ends !== 'to' && { from }), ...(ends !== 'from' && { to }) };
    });
  const spans = (scalarOf: (v: number) => Scalar) => fc.array(span(scalarOf), { minLength: 1, maxLength: 2 });
  const onKey = spans((v) => keyOf(shape.keyType, v)).map((all) => ({
    column: 'key' as const,
    type: shape.keyType,
    spans: all,
  }));
  const onColumn = fc.constantFrom(0, 1, 2, 3, 4, 5).chain((i) => {
    const { id, type } = shape.columns[i]!;
    const scalarOf = (v: number) => (cellsOf(v, '')[i] as { value: Scalar }).value;
    return spans(scalarOf).map((all) => ({ column: id, type: type.type, spans: all }));
  });
  const part = fc.oneof(onKey, { weight: 3, arbitrary: onColumn });
  const condition = fc.array(part, { minLength: 1, maxLength: 2 });
  return fc.array(condition, { minLength: 1, maxLength: 3 });
}

/** The rows of segments that meet all conditions, by the merge rule's own reader. */
function answer(segments: readonly StoredSegment[], shape: TableShape, conditions: readonly RowCondition[]) {
  const rows = coalesce(segments.flatMap(({ states }) => states)).flatMap((state) => {
    const row = visibleRow(state, shape.columns);
    return row && conditions.every((condition) => meets(row, shape, condition)) ? [row] : [];
  });
  return rows.sort((a, b) => compareScalars(a.key, b.key));
}

function meets(row: VisibleRow, { columns }: TableShape, condition: RowCondition): boolean {
  return condition.some(({ column, spans }) => {
    const value =
      column === 'key' ? row.key : (row.values[columns.findIndex(({ id }) => id === column)] as Scalar | null);
    if (value === null) return false;
    return spans.some(
      ({ from, to }) =>
        (from === undefined || compareScalars(from, value) <= 0) &&
        (to === undefined || compareScalars(value, to) <= 0),
    );
  });
}

/** Calls `check` for random tables and conditions. */
function checkAll(
  keyType: KeyType,
  check: (shape: TableShape, segments: readonly StoredSegment[], conditions: readonly RowCondition[]) => boolean,
  runs = numRuns,
) {
  const shape = prunedShape(keyType);
  const known = fc.array(
    fc.boolean().map((isOld) => !isOld),
    { minLength: 8, maxLength: 8 },
  );
  const isKnown = fc.oneof({ weight: 4, arbitrary: fc.constant<boolean[]>([]) }, known);
  const property = fc.property(clusteredHistories(shape), isKnown, conditionsOn(shape), (history, knows, conditions) =>
    check(
      shape,
      history.map((part, i) => stored(shape, part, i, knows[i] ?? true)),
      conditions,
    ),
  );
  return fc.check(property, { numRuns: runs, endOnFailure: true });
}

const changesNothing =
  (prune: Prune) => (shape: TableShape, segments: readonly StoredSegment[], conditions: readonly RowCondition[]) => {
    const kept = prune(segments, shape.keyType, conditions) as readonly StoredSegment[];
    const [whole, pruned] = [segments, kept].map((each) => answer(each, shape, conditions));
    return JSON.stringify(whole, exact) === JSON.stringify(pruned, exact);
  };

const exact = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

/**
 * Leaves out what is excluded and overlaps nothing that stays, in the words of a definition: put back what overlaps, until
 * nothing does. Keys are numbers.
 */
function withoutExcluded(segments: readonly Segment[], isExcluded: (segment: Segment) => boolean): readonly Segment[] {
  const key = ({ ranges }: Segment) =>
    (ranges ? ranges.key.map(Number) : [0, Number.POSITIVE_INFINITY]) as [number, number];
  const touch = (a: Segment, b: Segment) => key(a)[0] <= key(b)[1] && key(b)[0] <= key(a)[1];
  let kept = segments.filter((segment) => !isExcluded(segment));
  for (;;) {
    const next = segments.filter((one) => kept.includes(one) || kept.some((other) => touch(one, other)));
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

/** Segments that each hold a value for every condition: enough for a table without updates. */
const byValueAlone: Prune = (segments, _keyType, conditions) =>
  segments.filter((segment) => conditions.every((condition) => mayMeet(segment, condition)));

/** Judges all conditions together: but a row may meet each of them by another segment. */
const byAllConditions: Prune = (segments, _keyType, conditions) =>
  withoutExcluded(segments, (segment) => conditions.some((condition) => !mayMeet(segment, condition)));

/** Takes a condition on the key, or on a value, for one on the key. */
const eitherAsKey: Prune = (segments, _keyType, conditions) =>
  segments.filter((segment) =>
    conditions.every((condition) => !condition.some(({ column }) => column === 'key') || mayMeet(segment, condition)),
  );

/** Forgets that a column of unknown range may hold anything. */
const unknownAsNone: Prune = (segments, keyType, conditions) =>
  pruneSegments(segments, keyType, conditions).filter(({ ranges }) => ranges !== undefined);

describe('the rule for segments that need not be read', () => {
  it.each(['id', 'string'] as const)('changes no answer (%s keys)', (keyType) => {
    expect(checkAll(keyType, changesNothing(pruneSegments))).toMatchObject({ failed: false, counterexample: null });
  });

  it('leaves out as much as its definition says, and that is a fair share', () => {
    let left = 0;
    let all = 0;
    const result = checkAll('id', (_, segments, [condition]) => {
      if (condition!.every(({ column }) => column === 'key')) return true;
      const kept = pruneSegments(segments, 'id', [condition!]);
      const expected = withoutExcluded(segments, (segment) => !mayMeet(segment, condition!));
      all += segments.length;
      left += segments.length - kept.length;
      return JSON.stringify(kept.map(({ id }) => id)) === JSON.stringify(expected.map(({ id }) => id));
    });
    expect(result).toMatchObject({ failed: false, counterexample: null });
    expect(left / all).toBeGreaterThan(0.15);
  });

  it.each<[string, Prune]>([
    ['by value alone', byValueAlone],
    ['all conditions together', byAllConditions],
    ['a value or a key as a key', eitherAsKey],
    ['unknown ranges as empty', unknownAsNone],
  ])('would be found out if it were: %s', (_, prune) => {
    expect(checkAll('id', changesNothing(prune), runsUntilFound).failed).toBe(true);
  });
});
