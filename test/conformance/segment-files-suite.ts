import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coalesce } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import type { KeyType, TableShape } from '../../lambdas/domain/table.ts';
import { expectedRows, expectedTimeViews } from './expected-answer.ts';
import { fullShape, historiesOf } from './row-histories.ts';
import { compiled, mergeSegments, type SegmentHarness, select, writeSegment } from './segment-harness.ts';

const numRuns = 60;

/** What every writer of segments must do: what it wrote is read as the merge rule says. */
export function segmentFilesSuite(name: string, open: () => Promise<SegmentHarness>): void {
  describe(`${name} keeps rows in segments`, () => {
    let harness: SegmentHarness;
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness.close());

    describeHistories(() => harness);
  });
}

function describeHistories(harness: () => SegmentHarness): void {
  const write = (shape: TableShape, parts: readonly (readonly RowState[])[]) =>
    Promise.all(parts.map((part) => writeSegment(harness(), shape, coalesce(part))));

  it.each<KeyType>(['id', 'string'])(
    'answers as the merge rule, however writes are dealt out (%s keys)',
    async (keyType) => {
      const shape = fullShape(keyType);
      await fc.assert(
        fc.asyncProperty(historiesOf(shape), async (parts) => {
          await expectSameAnswers(harness(), shape, await write(shape, parts), coalesce(parts.flat()));
        }),
        { numRuns },
      );
    },
  );

  it.each<KeyType>(['id', 'string'])(
    'answers the same once any of the segments are merged (%s keys)',
    async (keyType) => {
      const shape = fullShape(keyType);
      const merges = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(historiesOf(shape), merges, async (parts, steps) => {
          let segments = await write(shape, parts);
          for (const [from, count] of steps) {
            const first = from % segments.length;
            const chosen = segments.slice(first, first + 1 + (count % segments.length));
            const merged = await mergeSegments(harness(), shape, chosen);
            segments = [merged, ...segments.filter((segment) => !chosen.includes(segment))];
          }
          await expectSameAnswers(harness(), shape, segments, coalesce(parts.flat()));
        }),
        { numRuns },
      );
    },
  );
}

async function expectSameAnswers(
  harness: SegmentHarness,
  shape: TableShape,
  segments: readonly Segment[],
  states: readonly RowState[],
): Promise<void> {
  const table = { name: 't', shape, segments };
  const { rows } = await select(harness, 'SELECT * FROM t ORDER BY _id', [table]);
  expect(rows).toEqual(expectedRows(states, shape));
  const views = 'SELECT "_id", "column", member, bucket FROM "t:views" ORDER BY ALL';
  expect((await compiled(harness, views, [table])).rows).toEqual(expectedTimeViews(states, shape));
}
