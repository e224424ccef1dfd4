import { beforeAll, describe, expect, it } from '@jest/globals';
import { coalesce } from '../../lambdas/domain/merge.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import { noStamp } from '../../lambdas/domain/version.ts';
import { QueryLimitExceeded, type QueryTable } from '../../lambdas/ports/query-engine.ts';
import { compiled, limits, type SegmentHarness, select, tableShape, writeSegment } from './segment-harness.ts';

const shape = tableShape({ n: { type: 'int' }, s: { type: 'string' }, who: { type: 'stringsetq', quantum: 'YMD' } });
const segmentCount = 64;
const rowsPerSegment = 50;

function put(key: number, stamp: string, n: number | null): RowState {
  const cells = [{ stamp, value: n }, { stamp, value: `text ${key}` }, undefined];
  return { key, exists: stamp, tombstone: noStamp, cells };
}

/** Which segments a query reads, and which files it may see. */
export function describeScans(harness: () => SegmentHarness): void {
  describeReading(harness);
  describeBytes(harness);
  describeTenants(harness);
}

function describeReading(harness: () => SegmentHarness): void {
  describe('over many segments', () => {
    let table: QueryTable;
    beforeAll(async () => {
      const segments: Segment[] = [];
      for (let from = 0; from < segmentCount * rowsPerSegment; from += rowsPerSegment) {
        const rows = Array.from({ length: rowsPerSegment }, (_, i) => put(from + i, 's1', from + i));
        segments.push(await writeSegment(harness(), shape, rows));
      }
      table = { name: 't', shape, segments };
    });
    const unknown = ({ segments, ...rest }: QueryTable): QueryTable => ({
      ...rest,
      segments: segments.map(({ ranges: _ranges, ...segment }) => segment),
    });

    it.each<[string, number]>([
      ['_id = 777', 1],
      ["777 = _id AND s = 'text 777'", 1],
      ['_id BETWEEN 40 AND 110', 3],
      ['_id IN (1, 2, 3000)', 2],
      ['n = 777', 1],
      ['n > 3100', 2],
      ['_id = -1', 0],
      ['_id = 1 OR n = 70', 2],
      ['s IS NULL', segmentCount],
      ['_id <> 5', segmentCount],
      ['_id + 0 = 5', segmentCount],
    ])('reads only those that WHERE %s needs', async (where, count) => {
      const sql = `SELECT * FROM t WHERE ${where} ORDER BY _id`;
      const { rows, scanned } = await select(harness(), sql, [table]);
      expect(scanned.segments).toBe(count);
      expect(rows).toEqual((await select(harness(), sql, [unknown(table)])).rows);
    });

    it('says how many bytes it read', async () => {
      const sql = 'SELECT s FROM t WHERE _id = 777';
      const { rows, scanned } = await select(harness(), sql, [table]);
      expect(rows).toEqual([['text 777']]);
      expect(scanned).toEqual({ segments: 1, bytes: table.segments[15]!.bytes });
      const all = table.segments.reduce((sum, { bytes }) => sum + bytes, 0);
      expect((await select(harness(), sql, [unknown(table)])).scanned).toEqual({ segments: segmentCount, bytes: all });
      expect((await select(harness(), 'SELECT 1', [table])).scanned).toEqual({ segments: 0, bytes: 0 });
    });

    it('takes parameters of compiled statements for constants', async () => {
      const sql = 'SELECT t."n" FROM "t" AS t WHERE t."_id" = CAST($1 AS BIGINT)';
      const { rows, scanned } = await compiled(harness(), sql, [table], [777]);
      expect(rows).toEqual([[777]]);
      expect(scanned.segments).toBe(1);
    });

    it('reads all for the time views, and for a table that is named twice', async () => {
      const views = 'SELECT member FROM "t:views" AS t WHERE t."_id" = CAST($1 AS BIGINT)';
      expect((await compiled(harness(), views, [table], [777])).scanned.segments).toBe(segmentCount);
      const both =
        'SELECT t."n" FROM "t" AS t, "t:views" AS v WHERE t."_id" = CAST($1 AS BIGINT) AND v."_id" = t."_id"';
      expect((await compiled(harness(), both, [table], [777])).scanned.segments).toBe(segmentCount);
      const twice = 'SELECT count(*) FROM t a JOIN t b ON a._id = b._id + 1 WHERE a._id = 777';
      const { rows, scanned } = await select(harness(), twice, [table]);
      expect(rows).toEqual([[1]]);
      expect(scanned.segments).toBe(segmentCount);
    });

    it('lets a newer value, null or delete in another segment count', async () => {
      const changes = [
        [put(1, 's2', 1_000_001)],
        [put(60, 's2', null)],
        [{ key: 110, exists: noStamp, tombstone: 's2', cells: [] }],
      ];
      const newer = await Promise.all(changes.map((rows) => writeSegment(harness(), shape, coalesce(rows))));
      const changed = { ...table, segments: [...table.segments, ...newer] };
      const { rows, scanned } = await select(harness(), 'SELECT _id FROM t WHERE n IN (1, 2, 60, 110, 111)', [changed]);
      expect(rows.map(([id]) => id).sort()).toEqual([111, 2]);
      expect(scanned.segments).toBe(6);
    });
  });
}

function describeBytes(harness: () => SegmentHarness): void {
  const run = (sql: string, table: QueryTable, bytesMax: number) =>
    harness().engine.run({ kind: 'select', sql, setEquals: 'list' }, [table], { ...limits, bytesMax });

  it('does not begin to read more bytes than allowed', async () => {
    const parts = [[put(1, 's1', 1)], [put(2, 's1', 2)]];
    const segments = await Promise.all(parts.map((rows) => writeSegment(harness(), shape, rows)));
    const megabyte = 1_048_576;
    const gone = segments.map((segment) => ({ ...segment, bytes: 2 * megabyte, rowsKey: `${segment.rowsKey}.gone` }));
    const message =
      'the query would read 4 MB in 2 segments, and may read 3 MB: narrow it by conditions that compare _id with constants, such as _id BETWEEN 1 AND 1000';
    const failed = run('SELECT * FROM t', { name: 't', shape, segments: gone }, 3 * megabyte);
    await expect(failed).rejects.toThrow(new QueryLimitExceeded(message));
    const bytesMax = Math.max(...segments.map(({ bytes }) => bytes));
    const table = { name: 't', shape, segments };
    await expect(run('SELECT n FROM t', table, bytesMax)).rejects.toThrow(QueryLimitExceeded);
    expect((await run('SELECT n FROM t WHERE _id = 2', table, bytesMax)).rows).toEqual([[2]]);
  });
}

function describeTenants(harness: () => SegmentHarness): void {
  it("sees no other tenant's files, nor those of its own tables that it does not read", async () => {
    const mine = await stored(harness(), shape, 'tenant1/segments/table1/mine/rows.parquet', 1);
    const unread = await stored(harness(), shape, 'tenant1/segments/table1/unread/rows.parquet', 2);
    const theirs = await stored(harness(), shape, 'tenant2/segments/table1/theirs/rows.parquet', 3);
    const table = (segments: readonly Segment[]) => ({ name: 't', shape, segments });
    await select(harness(), 'SELECT n FROM t', [table([mine, unread])]);
    expect((await select(harness(), 'SELECT n FROM t', [table([theirs])])).rows).toEqual([[3]]);

    const own = harness().pathOf(mine.rowsKey);
    const read = (call: string) => compiled(harness(), `SELECT x.* FROM "t" AS t, ${call} AS x`, [table([mine])]);
    expect((await read(`(SELECT key FROM read_parquet('${own}'))`)).rows).toEqual([[1]]);
    const root = own.slice(0, -mine.rowsKey.length);
    for (const path of [
      harness().pathOf(theirs.rowsKey),
      harness().pathOf(unread.rowsKey),
      `${own}/../../../../../${theirs.rowsKey}`,
      `${root}tenant2/segments/table1/*/rows.parquet`,
      `${root}**/*.parquet`,
    ]) {
      for (const reader of ['read_parquet', 'parquet_metadata', 'parquet_schema', 'read_blob', 'read_text', 'glob']) {
        await expect(read(`${reader}('${path}')`)).rejects.toThrow(/Permission Error|cannot access|disabled/i);
      }
    }
  });
}

async function stored(harness: SegmentHarness, table: TableShape, rowsKey: string, n: number): Promise<Segment> {
  const { body, ...stats } = await harness.segmentFiles.write(table, [put(n, 's1', n)]);
  await harness.put(rowsKey, body);
  return { id: rowsKey as Segment['id'], tableId: table.id, rowsKey, createdAt: '', ...stats };
}
