import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { segmentsToMerge } from '../../lambdas/domain/compaction.ts';
import type { SegmentId, TableId } from '../../lambdas/domain/ids.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';

function segments(sizes: readonly number[]): Segment[] {
  return sizes.map((bytes, i) => ({
    id: String(i) as SegmentId,
    tableId: 't' as TableId,
    rowsKey: String(i),
    rows: bytes,
    bytes,
    columns: {},
    createdAt: '',
  }));
}

const sizesChosen = (sizes: readonly number[], min: number) =>
  segmentsToMerge(segments(sizes), min)
    .map(({ bytes }) => bytes)
    .sort((a, b) => a - b);

describe('segmentsToMerge', () => {
  it.each([
    ['too few', [1, 1, 1], 4, []],
    ['all alike', [1, 1, 1, 1], 4, [1, 1, 1, 1]],
    ['a large one is left in peace', [100, 1, 1, 1, 1], 5, [1, 1, 1, 1]],
    ['until enough has gathered beside it', [4, 1, 1, 1, 1], 5, [1, 1, 1, 1, 4]],
    ['one alone is never rewritten', [7], 1, []],
    ['two of very different size still are merged when asked to', [1, 100], 2, [1, 100]],
  ])('%s', (_, sizes, min, expected) => {
    expect(sizesChosen(sizes, min)).toEqual(expected);
  });

  it('chooses no more bytes than are allowed, and nothing when two are too many', () => {
    const chosen = segmentsToMerge(segments([4, 3, 3, 3, 9]), 2, 10).map(({ bytes }) => bytes);
    expect(chosen).toEqual([3, 3, 3]);
    expect(segmentsToMerge(segments([6, 6, 6]), 2, 10)).toEqual([]);
  });

  it('always makes progress, and rewrites a byte about log2 of the table times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 100, maxLength: 600 }), (flushes) => {
        let sizes: number[] = [];
        let rewritten = 0;
        for (const bytes of flushes) {
          sizes.push(bytes);
          const chosen = segmentsToMerge(segments(sizes), 8);
          if (chosen.length === 0) continue;
          const merged = chosen.reduce((sum, segment) => sum + segment.bytes, 0);
          rewritten += merged;
          sizes = [...sizes.filter((_, i) => !chosen.some(({ id }) => id === String(i))), merged];
        }
        const total = flushes.reduce((sum, bytes) => sum + bytes, 0);
        expect(sizes.length).toBeLessThan(8);
        expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBe(total);
        expect(rewritten).toBeLessThan(total * (2 + Math.log2(total)));
      }),
      { numRuns: 50 },
    );
  });
});
