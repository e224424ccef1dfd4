import { describe, expect, it } from '@jest/globals';
import { type OldestBuckets, oldestBuckets } from '../../lambdas/domain/merge/time-quantum.ts';
import { memberKey, mergeRows, visibleRow } from '../../lambdas/domain/merge.ts';
import type { MemberOp, RowState } from '../../lambdas/domain/row.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import { compiled, mergeSegments, type SegmentHarness, select, tableShape, writeSegment } from './segment-harness.ts';

const shape = tableShape({
  kept: { type: 'stringsetq', quantum: 'YMD' },
  daily: { type: 'stringsetq', quantum: 'YMD', ttl: '48h' },
  views: { type: 'stringsetq', quantum: 'YMD', ttl: '48h', noStandardView: true },
});
const [first, second] = ['01hq8zk3aab000001', '01hq8zk3aab000002'];
const days = ['2022-08-08', '2022-08-09', '2022-08-10'] as const;
const viewsSql = 'SELECT "_id", "column", member, bucket FROM "t:views" ORDER BY ALL';
const rowsSql = 'SELECT * FROM t ORDER BY _id';

/** What one write says: members of days (undefined: of no time), the same in each of the columns. */
function write(key: number, stamp: string, members: readonly (readonly [member: string, day?: string])[]): RowState {
  const ops = members.flatMap(([member, bucket]): MemberOp[] => [
    { member, stamp, present: true },
    ...(bucket === undefined ? [] : [{ member, bucket, stamp, present: true }]),
  ]);
  const cell = {
    cleared: '',
    touched: stamp,
    members: new Map(ops.map((op) => [memberKey(op.member, op.bucket), op])),
  };
  return { key, exists: stamp, tombstone: '', cells: [cell, cell, cell] };
}

/** Time views that are over: at some time, days no longer count in the columns with a time to live. */
export function describeTimeViews(harness: () => SegmentHarness): void {
  describe('time views', () => {
    const ofOne = write(1, first, [['b', days[0]], ['a', days[1]], ['z']]);
    const ofTwo = write(1, second, [['c', days[2]]]);
    const others = [write(2, first, [['a', days[0]]]), write(3, second, [['none']])];
    const merged = [mergeRows(ofOne, ofTwo), ...others];

    async function tables(): Promise<readonly (readonly [string, readonly Segment[]])[]> {
      const one = await writeSegment(harness(), shape, [ofOne, others[0]!]);
      const two = await writeSegment(harness(), shape, [ofTwo, others[1]!]);
      return [
        ['in one segment', [await writeSegment(harness(), shape, merged)]],
        ['in two segments', [one, two]],
        ['compacted', [await mergeSegments(harness(), shape, [one, two])]],
      ];
    }

    it.each<[string, readonly string[]]>([
      ['2022-08-10T23:59:59.999Z', days],
      ['2022-08-11T00:00:00Z', days.slice(1)],
      ['2022-08-12T00:00:00Z', days.slice(2)],
      ['2022-08-13T00:00:00Z', []],
    ])('at %s show the days %j', async (now, counting) => {
      const oldest = oldestBuckets(shape.columns, Date.parse(now));
      const inViews = [['b', 'a', 'c'].filter((_, i) => counting.includes(days[i]!)).sort(), []];
      for (const [place, segments] of await tables()) {
        const table = { name: 't', shape, segments, oldestBuckets: oldest };
        const { rows } = await select(harness(), rowsSql, [table]);
        expect([place, rows]).toEqual([
          place,
          [
            [1, ['a', 'b', 'c', 'z'], ['a', 'b', 'c', 'z'], inViews[0]],
            [2, ['a'], ['a'], counting.includes(days[0]) ? ['a'] : []],
            [3, ['none'], ['none'], []],
          ],
        ]);
        expect(merged.map((state) => visibleRow(state, shape.columns, oldest))).toEqual(
          rows.map(([key, ...values]) => ({ key, values })),
        );
        const views = (await compiled(harness(), viewsSql, [table])).rows;
        expect(views.filter(([, column]) => column === 'kept')).toHaveLength(4);
        for (const name of ['daily', 'views']) {
          const shown = views.filter(([, column]) => column === name).map(([, , , bucket]) => bucket);
          expect([...new Set(shown)].sort()).toEqual(counting);
        }
      }
    });

    it('that are over are gone from a compacted file, and all else is as it was', async () => {
      const oldest: OldestBuckets = oldestBuckets(shape.columns, Date.parse('2022-08-11T12:00:00Z'));
      const parts = [
        await writeSegment(harness(), shape, [ofOne, others[0]!]),
        await writeSegment(harness(), shape, [ofTwo, others[1]!]),
      ];
      const table = { name: 't', shape, segments: parts, oldestBuckets: oldest };
      const compacted = { ...table, segments: [await mergeSegments(harness(), shape, parts, oldest)] };
      for (const sql of [rowsSql, viewsSql]) {
        expect((await compiled(harness(), sql, [compacted])).rows).toEqual(
          (await compiled(harness(), sql, [table])).rows,
        );
      }
      const ofAllTime = { name: 't', shape, segments: compacted.segments };
      const { rows } = await compiled(harness(), viewsSql, [ofAllTime]);
      expect(rows.filter(([, , , bucket]) => bucket === days[0]).map(([, column]) => column)).toEqual(['kept', 'kept']);
      expect(rows.filter(([, column]) => column === 'daily')).toHaveLength(2);
    });
  });
}
