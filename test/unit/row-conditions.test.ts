import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Parameters } from '../../lambdas/adapters/duckdb/constant-values.ts';
import { type OpenDatabase, openDatabase } from '../../lambdas/adapters/duckdb/open-database.ts';
import type { RowCondition } from '../../lambdas/adapters/duckdb/prune-segments.ts';
import { rowConditions } from '../../lambdas/adapters/duckdb/row-conditions.ts';
import { makeStatementParser, type StatementParser } from '../../lambdas/adapters/duckdb/statement-parser.ts';
import { onlyPlaceOf } from '../../lambdas/adapters/duckdb/table-places.ts';
import { compilePql } from '../../lambdas/domain/pql/compile-pql.ts';
import { compileSql } from '../../lambdas/domain/sql/compile-sql.ts';
import type { KeyType } from '../../lambdas/domain/table.ts';
import { tableShape } from '../conformance/segment-harness.ts';

let database: OpenDatabase;
let parser: StatementParser;
beforeAll(async () => {
  database = await openDatabase(1, {});
  parser = makeStatementParser(database.connection);
});
afterAll(() => database.close());

const shape = (keyType: KeyType) =>
  tableShape(
    {
      n: { type: 'int' },
      d: { type: 'decimal', scale: 2 },
      ts: { type: 'timestamp', unit: 's' },
      fine: { type: 'timestamp', unit: 'ns' },
      s: { type: 'string' },
      b: { type: 'bool' },
      tags: { type: 'stringset' },
    },
    keyType,
  );

/** Conditions as text: `n 5..7 | d 1..`; several are joined by `&`. undefined where the table has no place of its own. */
async function conditionsIn(sql: string, parameters: Parameters = [], keyType: KeyType = 'id') {
  const place = onlyPlaceOf('t', 't:views', await parser.parse(sql));
  return place && rowConditions(shape(keyType), place, parameters).map(textOf).join(' & ');
}

function textOf(condition: RowCondition): string {
  const names = new Map(shape('id').columns.map(({ id, name }) => [id as string, name]));
  return condition
    .map(({ column, spans }) => {
      const all = spans.map(({ from, to }) => (from === to ? `${from}` : `${from ?? ''}..${to ?? ''}`));
      return `${names.get(column) ?? column} ${all.join(',')}`;
    })
    .join(' | ');
}

const day = 1_577_836_800;

describe('conditions of a WHERE', () => {
  it.each([
    ['_id = 5', 'key 5'],
    ['5 < _id', 'key 6..'],
    ['_id <= 5 AND n >= -2', 'key ..5 & n -2..'],
    ['_id BETWEEN 3 AND 5', 'key 3..5'],
    ['_id IN (1, 2, 3)', 'key 1,2,3'],
    ['"_ID" = 5 AND T.N = 6', 'key 5 & n 6'],
    ['n > 2.5', 'n 3..'],
    ['n = 2.5', 'n '],
    ['n = 9223372036854775807', 'n 9223372036854775807'],
    ["n = CAST('5' AS INTEGER)", 'n 5'],
    ['d = 1.5', 'd 150'],
    ['d < 1.005', 'd ..100'],
    ['d >= 2', 'd 200..'],
    ["s >= 'b' AND s < 'c'", 's b.. & s ..c'],
    ['b = true', 'b true'],
    ["ts >= TIMESTAMP '2020-01-01 00:00:00'", `ts ${day}..`],
    ["ts > '2020-01-01T00:00:00.5Z'", `ts ${day + 1}..`],
    ["ts < DATE '2020-01-01'", `ts ..${day - 1}`],
    ["fine = '2020-01-01 00:00:00.000000001'", `fine ${day}000000001`],
    ['n = 5 OR _id = 3', 'n 5 | key 3'],
    ["n = 1 AND (d = 2 AND (b = false OR s = 'x'))", 'n 1 & d 200 & b false | s x'],
    ["(n = 1 AND d = 2) OR (length(s) = 3 AND s = 'x')", 'n 1 | s x'],
  ])('%s', async (where, expected) => {
    expect(await conditionsIn(`SELECT * FROM t WHERE ${where}`)).toBe(expected);
  });

  it.each([
    'n <> 5',
    'NOT (n < 5 AND d = 1)',
    'n IS NULL',
    'n IS NOT DISTINCT FROM 5',
    'n = NULL',
    'n IN (1, NULL)',
    'n = 5 OR tags IS NULL',
    'n = 1e3',
    'n = 99999999999999999999',
    "n = '5'",
    'n BETWEEN 1 AND 1e3',
    'n IN (1, 2e0)',
    'n + 1 = 5',
    'n = d',
    'n = 2 + 3',
    "n = CAST('5.4' AS INTEGER)",
    'n = CAST(3000000000 AS INTEGER)',
    "d = CAST('1.255' AS DECIMAL(18, 2))",
    'd = CAST(123456 AS DECIMAL(4, 1))',
    "s = 'a' COLLATE NOCASE",
    "lower(s) = 'a'",
    's = 5',
    "tags = ['a']",
    "ts = TIMESTAMPTZ '2020-01-01 00:00:00+02'",
    "ts = '2020-01-01 00:00:00.1234567'",
    "ts = '2020-02-30'",
    "ts = '2020-01-01T00:00:00+02:00'",
    'ts > now()',
    "fine = TIMESTAMP '2020-01-01 00:00:00'",
    'b = 1',
    'absent = 5',
    'u.n = 5',
    '(_id, n) = (1, 2)',
    'n = (SELECT 5)',
    'COLUMNS(*) = 5',
  ])('says nothing where it is not understood: %s', async (where) => {
    expect(await conditionsIn(`SELECT * FROM t WHERE ${where}`)).toBe('');
  });

  it('reads text keys as text', async () => {
    expect(await conditionsIn("FROM t WHERE _id = 'a' AND n = 1", [], 'string')).toBe('key a & n 1');
    expect(await conditionsIn('FROM t WHERE _id = 5', [], 'string')).toBe('');
  });

  it('reads parameters as constants', async () => {
    const sql = 'FROM t WHERE _id = $1 AND s = $2 AND b = CAST($3 AS BOOLEAN) AND n > $4 AND d = $5 AND n = $6';
    expect(await conditionsIn(sql, [5n, 'x', true, 7, 1.5, null])).toBe('key 5 & s x & b true & n 8..');
  });

  it.each([
    ['SELECT x.n FROM t AS x WHERE x._id = 5 AND t.n = 6', 'key 5'],
    ['FROM t JOIN u ON t.n = u.n WHERE t._id = 5 AND n = 6 AND u._id = 7', 'key 5'],
    ['FROM u, t WHERE t._id = 5', 'key 5'],
    ['FROM t LEFT JOIN u USING (n) WHERE t.n = 5', 'n 5'],
    ['FROM u WHERE EXISTS (FROM t WHERE t.n = 5 AND t.d = u.d) AND n = 3', 'n 5'],
    ['WITH c AS (FROM t WHERE n = 5) FROM c a, c b WHERE a.n = 6', 'n 5'],
    ['FROM (FROM t WHERE n = 5) WHERE n = 6', 'n 5'],
    ['FROM u UNION ALL FROM t WHERE n = 5', 'n 5'],
    ['SELECT s AS n, n AS s FROM t WHERE n = 5', 'n 5'],
  ])('belongs to the table where it is read: %s', async (sql, expected) => {
    expect(await conditionsIn(sql)).toBe(expected);
  });

  it.each([
    'FROM t',
    'FROM u LEFT JOIN t ON true WHERE t.n = 5',
    'FROM t RIGHT JOIN u ON true WHERE t.n = 5',
    'FROM t FULL JOIN u ON true WHERE t.n = 5',
    'FROM u ANTI JOIN t ON u.n = t.n WHERE n = 5',
    'FROM t ASOF JOIN u ON t.n >= u.n WHERE t.n = 5',
    'FROM t POSITIONAL JOIN u WHERE t.n = 5',
    'FROM t a JOIN t b ON a.n = b.n WHERE a._id = 5 AND b._id = 5',
    'SELECT n FROM t WHERE n = 5 UNION SELECT n FROM T WHERE n = 6',
    'WITH t AS (FROM t WHERE n = 5) FROM t',
    'FROM t AS x(a, b) WHERE a = 5',
    'FROM t TABLESAMPLE 10% WHERE n = 5',
    'FROM t WHERE n = 5 USING SAMPLE 2 ROWS',
    'FROM t, "t:views" AS v WHERE t.n = 5',
    'FROM "t:views" AS v WHERE _id = 5',
    'FROM (PIVOT t ON n IN (1, 2) USING count(*)) WHERE _id = 5',
  ])('decides nothing where rows that fail it may matter: %s', async (sql) => {
    expect(await conditionsIn(sql)).toBeUndefined();
  });

  it.each<[string, 'pql' | 'sql', string]>([
    ['[t]Row(n=5)', 'pql', 'n 5'],
    ['[t]Count(Intersect(Row(n > 5), Row(b=true)))', 'pql', 'n 6.. & b true'],
    ['[t]Union(Row(n=5), ConstRow(columns=[3]))', 'pql', ''],
    ["[t]Row(ts > '2020-01-01T00:00:00Z')", 'pql', `ts ${day + 1}..`],
    ['select * from t where _id = 5', 'sql', 'key 5'],
    [
      "select count(*) from t where d >= 1.5 and fine < '2020-01-01T00:00:00Z'",
      'sql',
      `d 150.. & fine ..${day - 1}999999999`,
    ],
  ])('is seen through what our own grammars compile: %s', async (statement, language, expected) => {
    const tables = [{ name: 't', shape: shape('id') }];
    const made = language === 'pql' ? compilePql(statement, tables) : compileSql(statement, tables, 'featurebase');
    if (made.kind !== 'compiled') throw new Error(`${statement} was not compiled`);
    expect((await conditionsIn(made.sql, made.parameters)) ?? '').toBe(expected);
  });
});
