import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSetType, type Scalar } from '../../lambdas/domain/column-type.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { compareScalars } from '../../lambdas/domain/merge/scalar-order.ts';
import { coalesce, isSetCell } from '../../lambdas/domain/merge.ts';
import type { Cell, RowState } from '../../lambdas/domain/row.ts';
import type { Segment, SegmentRanges } from '../../lambdas/domain/segment.ts';
import { type ColumnRange, rangedColumnsMax, rangeTextMax } from '../../lambdas/domain/segment-ranges.ts';
import type { KeyType, TableShape } from '../../lambdas/domain/table.ts';
import { noStamp, type Stamp } from '../../lambdas/domain/version.ts';
import { expectedRows, expectedTimeViews } from './expected-answer.ts';
import { historiesOf, queriedShape, stampsBy } from './row-histories.ts';
import { compiled, mergeSegments, type SegmentHarness, select, tableShape, writeSegment } from './segment-harness.ts';

const keyTypes = ['id', 'string'] as const satisfies readonly KeyType[];
const kinds: readonly (readonly [KeyType, keyof typeof stampsBy])[] = [
  ['id', 'acceptance'],
  ['string', 'acceptance'],
  ['id', 'producers with a clock'],
];
/** Milliseconds that a hundred histories may take on a busy machine. */
const propertyTimeoutMs = 120_000;

/**
 * What every writer of segments must do: what it wrote is read as the merge rule says.
 * @param numRuns histories for each property
 */
export function segmentFilesSuite(name: string, open: () => Promise<SegmentHarness>, numRuns = 25): void {
  describe(`${name} keeps rows in segments`, () => {
    let harness: SegmentHarness;
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness.close());

    describeHistories(() => harness, numRuns);
    describeRanges(() => harness, numRuns);
    describeFiles(() => harness);
    describeLargeFiles(() => harness);
  });
}

function describeHistories(harness: () => SegmentHarness, numRuns: number): void {
  const write = (shape: TableShape, parts: readonly (readonly RowState[])[]) =>
    Promise.all(parts.map((part) => writeSegment(harness(), shape, coalesce(part))));

  it.each(kinds)(
    'answers as the merge rule, however writes are dealt out (%s keys, in the order of %s)',
    async (keyType, order) => {
      const shape = queriedShape(keyType);
      await fc.assert(
        fc.asyncProperty(historiesOf(shape, stampsBy[order]), async (parts) => {
          await expectSameAnswers(harness(), shape, await write(shape, parts), coalesce(parts.flat()));
        }),
        { numRuns },
      );
    },
    propertyTimeoutMs,
  );

  it.each(kinds)(
    'answers the same once any of the segments are merged (%s keys, in the order of %s)',
    async (keyType, order) => {
      const shape = queriedShape(keyType);
      const merges = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(historiesOf(shape, stampsBy[order]), merges, async (parts, steps) => {
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
    propertyTimeoutMs,
  );
}

function describeRanges(harness: () => SegmentHarness, numRuns: number): void {
  it.each(keyTypes)(
    'says the smallest and largest key and values of every file (%s keys)',
    async (keyType) => {
      const shape = queriedShape(keyType);
      await fc.assert(
        fc.asyncProperty(historiesOf(shape), async (parts) => {
          const segments: Segment[] = [];
          for (const part of parts) {
            const segment = await writeSegment(harness(), shape, coalesce(part));
            expect(segment.ranges).toEqual(expectedRanges(coalesce(part), shape));
            segments.push(segment);
          }
          const merged = await mergeSegments(harness(), shape, segments);
          expect(merged.ranges).toEqual(expectedRanges(coalesce(parts.flat()), shape));
        }),
        { numRuns },
      );
    },
    propertyTimeoutMs,
  );

  it('keeps the ranges of the first columns only, and text in part', async () => {
    const wide = tableShape(
      Object.fromEntries(Array.from({ length: rangedColumnsMax + 2 }, (_, i) => [`n${i}`, { type: 'string' }])),
      'string',
    );
    const value = 'x'.repeat(rangeTextMax);
    const cells = wide.columns.map(() => ({ stamp: 's1', value: `${value}y` }));
    const row = (key: string): RowState => ({ key, exists: 's1', tombstone: noStamp, cells });
    const written = await writeSegment(harness(), wide, [row('a'), row(`${value}z`)]);
    const cut = value.slice(0, -1);
    for (const { ranges } of [written, await mergeSegments(harness(), wide, [written])]) {
      expect(ranges?.key).toEqual(['a', `${cut}y`]);
      expect(Object.keys(ranges?.columns ?? {})).toEqual(wide.columns.slice(0, rangedColumnsMax).map(({ id }) => id));
      expect(ranges?.columns['c1' as ColumnId]).toEqual([value, `${cut}y`]);
    }
  });
}

/** What the ranges of a file with these states (unique by key) must be; its texts are all short. */
function expectedRanges(states: readonly RowState[], { columns }: TableShape): SegmentRanges {
  const scalars = columns.flatMap(({ id, type }, i): [ColumnId, ColumnRange][] => {
    const cells = states.flatMap(({ cells: all }) => all[i] ?? []);
    if (isSetType(type.type) || cells.length === 0) return [];
    return [[id, rangeOf(cells.flatMap((cell) => (isSetCell(cell) || cell.value === null ? [] : [cell.value])))]];
  });
  return { key: rangeOf(states.map(({ key }) => key)), columns: Object.fromEntries(scalars) };
}

function rangeOf(values: readonly Scalar[]): ColumnRange {
  const ends = [...values].sort(compareScalars).map((value) => (typeof value === 'boolean' ? value : `${value}`));
  return ends.length === 0 ? [] : [ends[0]!, ends.at(-1)!];
}

function describeFiles(harness: () => SegmentHarness): void {
  const shape = tableShape({ n: { type: 'int' }, tags: { type: 'stringset' } });

  it('says what it wrote: rows, bytes and the columns that have cells', async () => {
    const rows = [put(2, 's1', [1, undefined]), put(1, 's1', [2, undefined])];
    const { body, ...stats } = await harness().segmentFiles.write(shape, rows);
    const ranges = { key: ['1', '2'], columns: { c1: ['1', '2'] } };
    expect(stats).toEqual({ rows: 2, bytes: body.byteLength, columns: { c1: expect.any(String) }, ranges });
    expect(Buffer.from(body.subarray(0, 4)).toString()).toBe('PAR1');
  });

  it('writes a file without rows', async () => {
    const { body, ...stats } = await harness().segmentFiles.write(shape, []);
    expect(stats).toEqual({ rows: 0, bytes: body.byteLength, columns: {}, ranges: { key: [], columns: {} } });
    const segment = await writeSegment(harness(), shape, []);
    const merged = await mergeSegments(harness(), shape, [
      segment,
      await writeSegment(harness(), shape, [put(1, 's1')]),
    ]);
    expect(merged.rows).toBe(1);
  });

  it('keeps a delete when segments are merged, so that an older put that comes late still loses', async () => {
    const deleted = await writeSegment(harness(), shape, [tombstone(1, 's5')]);
    const earlier = await writeSegment(harness(), shape, [put(1, 's3', [1]), put(2, 's3', [2])]);
    const merged = await mergeSegments(harness(), shape, [deleted, earlier]);
    expect(merged.rows).toBe(2);
    const late = await writeSegment(harness(), shape, [put(1, 's4', [9])]);
    expect(await rowsOf(harness(), shape, [merged, late])).toEqual([[2, 2, null]]);
    const later = await writeSegment(harness(), shape, [put(1, 's6')]);
    expect(await rowsOf(harness(), shape, [merged, late, later])).toEqual([
      [1, null, null],
      [2, 2, null],
    ]);
  });

  it('keeps the stamp of each member when segments are merged, so that a null that comes late takes the older ones', async () => {
    const parts = [put(1, 's2', [1, tags('s2', ['a'])]), put(1, 's4', [1, tags('s4', ['b'])])];
    const segments = await Promise.all(parts.map((row) => writeSegment(harness(), shape, [row])));
    const merged = await mergeSegments(harness(), shape, segments);
    expect(await rowsOf(harness(), shape, [merged])).toEqual([[1, 1, ['a', 'b']]]);
    const cleared = { cleared: 's3', touched: noStamp, members: new Map() };
    const late = await writeSegment(harness(), shape, [put(1, 's3', [undefined, cleared])]);
    expect(await rowsOf(harness(), shape, [merged, late])).toEqual([[1, 1, ['b']]]);
  });

  it('leaves columns out that the table has no more, and keeps those apart that came later', async () => {
    const first = tableShape({ n: { type: 'int' }, old: { type: 'string' } });
    const [n, old] = first.columns as [TableShape['columns'][number], TableShape['columns'][number]];
    const next = { ...first, columns: [n, { ...old, id: 'c3' as typeof old.id, type: { type: 'bool' } as const }] };
    const segments = [
      await writeSegment(harness(), first, [put(1, 's1', [1, 'text'])]),
      await writeSegment(harness(), next, [put(2, 's2', [2, true])]),
    ];
    const expected = [
      [1, 1, null],
      [2, 2, true],
    ];
    expect(await rowsOf(harness(), next, segments)).toEqual(expected);
    const merged = await mergeSegments(harness(), next, segments);
    expect(Object.keys(merged.columns)).toEqual(['c1', 'c3']);
    expect(await rowsOf(harness(), next, [merged])).toEqual(expected);
  });

  it('names the object that a merge lacks', async () => {
    const segment = await writeSegment(harness(), shape, [put(1, 's1')]);
    const gone = { ...segment, rowsKey: 'tenant1/segments/table1/gone/rows.parquet' };
    await expect(harness().segmentFiles.merge(shape, [segment, gone])).rejects.toThrow('gone/rows.parquet');
    expect((await mergeSegments(harness(), shape, [segment])).rows).toBe(1);
  });
}

function describeLargeFiles(harness: () => SegmentHarness): void {
  const shape = tableShape({ n: { type: 'int' }, s: { type: 'string' }, tags: { type: 'stringset' } });
  const count = 3_000;
  const large = Array.from({ length: count }, (_, i) => put(i, 's3', [i, `text ${i}`, tags('s3', ['a'])]));

  it('keeps no stamps beside values where every cell has its row stamp, and merges them right', async () => {
    const base = await writeSegment(harness(), shape, large);
    expect(base.columns).toEqual({ c1: 'row', c2: 'row', c3: 'cell' });
    const changes = [put(1, 's4', [-1, undefined, tags('s4', ['b'])]), put(2, 's2', [-2, 'late']), tombstone(3, 's4')];
    const changed = await writeSegment(harness(), shape, changes);
    const states = coalesce([...large, ...changes]);
    await expectSameAnswers(harness(), shape, [base, changed], states);
    const merged = await mergeSegments(harness(), shape, [base, changed]);
    expect(merged.rows).toBe(count);
    expect(merged.columns).toEqual({ c1: 'row', c2: 'cell', c3: 'cell' });
    await expectSameAnswers(harness(), shape, [merged], states);
    const again = await writeSegment(harness(), shape, [put(3, 's5', [3]), put(0, 's5', [null])]);
    await expectSameAnswers(
      harness(),
      shape,
      [merged, again],
      coalesce([...states, put(3, 's5', [3]), put(0, 's5', [null])]),
    );
  });

  it('merges many rows of text keys', async () => {
    const named = tableShape({ n: { type: 'int' } }, 'string');
    const rows = Array.from({ length: count }, (_, i) => ({
      ...put(0, `s${i % 3}`, [i]),
      key: `key ${(i * 7) % 2_000}`,
    }));
    const parts = [rows.slice(0, 1_000), rows.slice(1_000, 2_500), rows.slice(2_500)];
    const segments = await Promise.all(parts.map((part) => writeSegment(harness(), named, coalesce(part))));
    const states = coalesce(rows);
    await expectSameAnswers(harness(), named, segments, states);
    const merged = await mergeSegments(harness(), named, segments);
    expect(merged.rows).toBe(2_000);
    await expectSameAnswers(harness(), named, [merged], states);
  });

  it('takes rows in any order of keys', async () => {
    const segment = await writeSegment(harness(), shape, [...large].reverse());
    await expectSameAnswers(harness(), shape, [segment], large);
  });
}

/** A put with scalar values (undefined: not sent) or set cells, in the order of the table's columns. */
function put(
  key: number,
  stamp: Stamp,
  values: readonly (number | string | boolean | Cell | null | undefined)[] = [],
): RowState {
  const cells = values.map((value): Cell | undefined => {
    if (value === undefined) return undefined;
    return typeof value === 'object' && value !== null ? value : { stamp, value };
  });
  return { key, exists: stamp, tombstone: noStamp, cells };
}

function tags(stamp: Stamp, members: readonly string[]): Cell {
  return {
    cleared: noStamp,
    touched: stamp,
    members: new Map(members.map((member) => [`|${member}`, { member, stamp, present: true }])),
  };
}

function tombstone(key: number, stamp: Stamp): RowState {
  return { key, exists: noStamp, tombstone: stamp, cells: [] };
}

async function rowsOf(harness: SegmentHarness, shape: TableShape, segments: readonly Segment[]) {
  return (await select(harness, 'SELECT * FROM t ORDER BY _id', [{ name: 't', shape, segments }])).rows;
}

async function expectSameAnswers(
  harness: SegmentHarness,
  shape: TableShape,
  segments: readonly Segment[],
  states: readonly RowState[],
): Promise<void> {
  expect(await rowsOf(harness, shape, segments)).toEqual(expectedRows(states, shape));
  const views = 'SELECT "_id", "column", member, bucket FROM "t:views" ORDER BY ALL';
  const table = { name: 't', shape, segments };
  expect((await compiled(harness, views, [table])).rows).toEqual(expectedTimeViews(states, shape));
}
