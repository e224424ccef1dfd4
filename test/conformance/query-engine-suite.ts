import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queryAnswerBytesMax } from '../../lambdas/domain/limits.ts';
import type { Cell, MemberOp, RowState } from '../../lambdas/domain/row.ts';
import {
  QueryLimitExceeded,
  QueryRefused,
  type QueryTable,
  type ResultType,
  type ResultValue,
  SegmentUnreadable,
} from '../../lambdas/ports/query-engine.ts';
import { readFixture } from '../support/read-fixture.ts';
import { describeScans } from './query-scan-suite.ts';
import { describeTypes } from './query-types-suite.ts';
import { compiled, limits, type SegmentHarness, select, tableShape, writeSegment } from './segment-harness.ts';
import { describeTimeViews } from './time-views-suite.ts';

/** What every query engine must do with statements; what tables hold is the segment suite's. */
export function queryEngineSuite(name: string, open: () => Promise<SegmentHarness>): void {
  describe(`${name} answers queries`, () => {
    let harness: SegmentHarness;
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness.close());

    describeAnswers(() => harness);
    describeColumns(() => harness);
    describeTypes(() => harness);
    describeParameters(() => harness);
    describeRefusals(() => harness);
    describeIsolation(() => harness);
    describeLimits(() => harness);
    describeScans(() => harness);
    describeTimeViews(() => harness);
  });
}

const shape = tableShape({
  n: { type: 'int' },
  s: { type: 'string' },
  tags: { type: 'stringset' },
  ids: { type: 'idset' },
});
const stamp = '01hq8zk3aab000001';

function row(key: number | string, values: readonly (number | bigint | string | boolean | null | Cell)[]): RowState {
  const cells = values.map((value): Cell => (typeof value === 'object' && value !== null ? value : { stamp, value }));
  return { key, exists: stamp, tombstone: '', cells };
}

function set(members: readonly (number | string)[]): Cell {
  const ops = members.map((member) => [`|${member}`, { member, stamp, present: true }] as const);
  return { cleared: '', touched: stamp, members: new Map(ops) };
}

async function smallTable(harness: SegmentHarness, name = 't'): Promise<QueryTable> {
  const rows = [row(1, [1, 'text', set(['a', 'b']), set([5])]), row(2, [2, null, set([]), set([6, 7])])];
  return { name, shape, segments: [await writeSegment(harness, shape, rows)] };
}

function describeAnswers(harness: () => SegmentHarness): void {
  const cases = readFixture<{ sql: string; type: ResultType; cell: unknown }[]>('query-engine/answers.json');

  it.each(cases)('SELECT $sql', async ({ sql, type, cell }) => {
    const { columns, rows } = await select(harness(), `SELECT ${sql}`, []);
    expect(columns.map((column) => column.type)).toEqual([type]);
    expect(rows).toEqual([[revived(cell)]]);
  });

  it('keeps all columns, also of one name, and says how long it took', async () => {
    const { columns, rows, elapsedMs } = await select(harness(), "SELECT 1 AS a, 'x' AS a", []);
    expect(columns.map(({ name }) => name)).toEqual(['a', 'a']);
    expect(rows).toEqual([[1, 'x']]);
    expect(elapsedMs).toBeGreaterThan(0);
  });
}

/** Fixtures have whole numbers that JSON would round as `{ "bigint": "..." }`. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  const isBig = typeof value === 'object' && value !== null && 'bigint' in value;
  return isBig ? BigInt(value.bigint as string) : value;
}

function describeColumns(harness: () => SegmentHarness): void {
  it.each(['VALUES (1, 2)', 'VALUES(1, 2);', 'TABLE t', 'FROM t', '(FROM t)', 'WITH x AS (FROM t) TABLE x'])(
    'takes %s for a SELECT',
    async (sql) => {
      const small = tableShape({ n: { type: 'int' } });
      const table = { name: 't', shape: small, segments: [await writeSegment(harness(), small, [row(1, [2])])] };
      expect((await select(harness(), sql, [table])).rows).toEqual([[1, 2]]);
    },
  );

  it('tells null from an empty set, and sorts members', async () => {
    const rows = [row(1, [null, null, set(['b', 'a']), { cleared: stamp, touched: '', members: new Map() }])];
    const table = { name: 't', shape, segments: [await writeSegment(harness(), shape, [...rows, row(2, [])])] };
    const expected = [
      [1, ['a', 'b'], null],
      [2, null, null],
    ];
    expect((await select(harness(), 'SELECT _id, tags, ids FROM t ORDER BY _id', [table])).rows).toEqual(expected);
    const small = await smallTable(harness());
    const sizes = 'SELECT len(tags), len(ids) FROM t ORDER BY _id';
    expect((await select(harness(), sizes, [small])).rows).toEqual([
      [2, 1],
      [0, 2],
    ]);
  });

  it.each([
    ['contains', "tags = 'a'", [1]],
    ['contains', "tags <> 'a'", [2]],
    ['contains', 'ids IN (5, 6)', [1, 2]],
    ['contains', 'ids NOT IN (5, 9)', [2]],
    ['list', "tags = ['a', 'b']", [1]],
    ['list', 'ids <> [5]', [2]],
  ] as const)('takes equality of sets as %s: %s', async (setEquals, condition, expected) => {
    const sql = `SELECT _id FROM t WHERE ${condition} ORDER BY _id`;
    const { rows } = await select(harness(), sql, [await smallTable(harness())], setEquals);
    expect(rows.map(([id]) => id)).toEqual(expected);
  });

  it.each(['my-table', 'select', 'duckdb_settings', 'sqlite_master'])('reads a table called %s', async (name) => {
    const table = await smallTable(harness(), name);
    expect((await select(harness(), `SELECT count(*) FROM "${name}"`, [table])).rows).toEqual([[2]]);
  });

  it('joins tables, and reads only those that a statement names', async () => {
    const broken = {
      name: 'broken',
      shape,
      segments: [{ ...(await writeSegment(harness(), shape, [])), rowsKey: 'gone' }],
    };
    const tables = [await smallTable(harness(), 'a'), await smallTable(harness(), 'b'), broken];
    const sql = 'SELECT a.n, b.n FROM a JOIN b ON a._id + 1 = b._id';
    expect((await select(harness(), sql, tables)).rows).toEqual([[1, 2]]);
  });
}

function describeParameters(harness: () => SegmentHarness): void {
  it.each<[ResultValue, string]>([
    [1, 'BIGINT'],
    [-9_223_372_036_854_775_808n, 'BIGINT'],
    [1.5, 'DOUBLE'],
    ['it\'s "q" \0 \u{1F600}', 'VARCHAR'],
    ['', 'VARCHAR'],
    [true, 'BOOLEAN'],
  ])('binds %p as %s', async (value, type) => {
    const parameters = [value as string];
    const { rows } = await compiled(harness(), 'SELECT $1, typeof($1), $1 IS NULL', [], parameters);
    expect(rows).toEqual([[value, type, false]]);
  });

  it('binds null, and values in the order of their numbers', async () => {
    const { rows } = await compiled(harness(), 'SELECT $2 IS NULL, $1 + 1, $3', [], [1, null, 'x']);
    expect(rows).toEqual([[true, 2, 'x']]);
  });

  it('reads the hidden time views of a table', async () => {
    const timed = tableShape({ who: { type: 'stringsetq', quantum: 'YMD' } });
    const op = { member: 'x', stamp, present: true };
    const members = new Map<string, MemberOp>([
      ['|x', op],
      ['2022-08-09|x', { ...op, bucket: '2022-08-09' }],
      ['2022-08-10|x', { ...op, bucket: '2022-08-10', present: false }],
    ]);
    const segment = await writeSegment(harness(), timed, [row(1, [{ cleared: '', touched: stamp, members }])]);
    const sql = 'SELECT * FROM "t:views" WHERE bucket >= $1';
    const { columns, rows } = await compiled(
      harness(),
      sql,
      [{ name: 't', shape: timed, segments: [segment] }],
      ['2022'],
    );
    expect(columns.map(({ name }) => name)).toEqual(['_id', 'column', 'member', 'bucket']);
    expect(rows).toEqual([[1, 'who', 'x', '2022-08-09']]);
  });
}

function describeRefusals(harness: () => SegmentHarness): void {
  it.each(readFixture<{ sql: string; message: string }[]>('query-engine/errors.json'))(
    '$sql',
    async ({ sql, message }) => {
      const failed = select(harness(), sql, [await smallTable(harness())]);
      await expect(failed).rejects.toThrow(new QueryRefused(message));
    },
  );

  it('refuses all that is not a SELECT over its tables and harmless functions', async () => {
    const tables = [await smallTable(harness()), await smallTable(harness(), 'u')];
    for (const { sql } of readFixture<{ sql: string }[]>('select-guard/refused.json')) {
      await expect(select(harness(), sql, tables)).rejects.toThrow(QueryRefused);
    }
  }, 60_000);
}

function describeIsolation(harness: () => SegmentHarness): void {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'headgate-outside-'));
    writeFileSync(join(folder, 'secret.csv'), 'a,b\n1,2\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ["SELECT * FROM read_csv('$/secret.csv')"],
    ["SELECT * FROM read_text('$/secret.csv')"],
    ["SELECT * FROM '$/secret.csv'"],
    ["SELECT * FROM glob('$/*')"],
    ["COPY (SELECT 1) TO '$/made.csv'"],
    ["ATTACH '$/made.db' AS made"],
    ['SET threads = 1'],
    ['SELECT 1; SELECT 2'],
  ])('lets not even a compiled statement out: %s', async (sql) => {
    const failed = compiled(harness(), sql.replaceAll('$', folder), [await smallTable(harness())]);
    await expect(failed).rejects.toThrow();
  });

  it('does not blame the statement for a broken file, and names its segment', async () => {
    const segment = await writeSegment(harness(), shape, [row(1, [1])]);
    const rowsKey = 'tenant1/segments/table1/broken/rows.parquet';
    await harness().put(rowsKey, Buffer.from('no Parquet'));
    const failed = select(harness(), 'SELECT * FROM t', [{ name: 't', shape, segments: [{ ...segment, rowsKey }] }]);
    const error: unknown = await failed.catch((thrown: unknown) => thrown);
    expect(isNativeError(error)).toBe(true);
    expect(error).toBeInstanceOf(SegmentUnreadable);
    expect(String(error)).toContain('segment broken cannot be read');
    expect(String(error)).not.toContain('rows.parquet');
  });

  it('keeps queries that run together apart', async () => {
    const one = { name: 't', shape, segments: [await writeSegment(harness(), shape, [row(1, [1])])] };
    const two = { name: 't', shape, segments: [await writeSegment(harness(), shape, [row(2, [2])])] };
    const answers = await Promise.all(
      [one, two, one, two].map((table) => select(harness(), 'SELECT n FROM t', [table])),
    );
    expect(answers.map(({ rows }) => rows)).toEqual([[[1]], [[2]], [[1]], [[2]]]);
  });
}

function describeLimits(harness: () => SegmentHarness): void {
  const run = (sql: string, changed: Partial<typeof limits> = {}) =>
    harness().engine.run({ kind: 'select', sql, setEquals: 'list' }, [], { ...limits, ...changed });

  it('gives as many rows as allowed, and not one more', async () => {
    expect((await run('SELECT * FROM range(5000)', { rowsMax: 5_000 })).rows).toHaveLength(5_000);
    const failed = run('SELECT * FROM range(5001)', { rowsMax: 5_000 });
    await expect(failed).rejects.toThrow(new QueryLimitExceeded('the answer has more than 5000 rows: add a LIMIT'));
  });

  it('gives up an answer that grows too large', async () => {
    const failed = run("SELECT repeat('x', 1000) FROM range(100000)");
    const message = `the answer has more than ${queryAnswerBytesMax} bytes: select less`;
    await expect(failed).rejects.toThrow(new QueryLimitExceeded(message));
  });

  it.each([
    ['that counts', 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 5'],
    ['without an end', 'WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r'],
  ])('stops a query %s in time', async (_, sql) => {
    const failed = run(sql, { timeoutMs: 300 });
    await expect(failed).rejects.toThrow(new QueryLimitExceeded('the query took longer than 0.3 s'));
  });

  it('stops a query that needs too much memory', async () => {
    const failed = run('SELECT range, count(*) FROM range(50000000) GROUP BY 1 LIMIT 1', { memoryMegabytesMax: 64 });
    await expect(failed).rejects.toThrow(new QueryLimitExceeded('the query needs more than 64 MB of memory'));
  });
}
