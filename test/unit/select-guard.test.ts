import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allowedFunctions, allowedTableFunctions } from '../../lambdas/adapters/duckdb/allowed-functions.ts';
import { guardSelect } from '../../lambdas/adapters/duckdb/select-guard.ts';
import { withSetEquality } from '../../lambdas/adapters/duckdb/set-equality.ts';
import { makeStatementParser } from '../../lambdas/adapters/duckdb/statement-parser.ts';
import { QueryRefused } from '../../lambdas/ports/query-engine.ts';
import { tableShape } from '../conformance/segment-harness.ts';
import { readFixture } from '../support/read-fixture.ts';

interface RefusedCase {
  readonly group: string;
  readonly sql: string;
  readonly message: string;
}

interface SetEqualityCase {
  readonly sql: string;
  readonly becomes?: string;
  readonly refused?: string;
}

/** Functions that the binder knows and no catalog lists. */
const bindersOwn = new Set(['unnest']);
/** Names that stand for what no user's statement may reach, whatever the engine calls it. */
const forbidden =
  /^(?:read_|parquet_|pg_|duckdb_|pragma_|has_|inet_|__internal)|glob|csv|secret|setting|getenv|variable|sleep|nextval|query/;

let connection: DuckDBConnection;
beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await instance.connect();
  await connection.run('CREATE TABLE t (_id BIGINT, n BIGINT, s VARCHAR, tags VARCHAR[], ids BIGINT[])');
  await connection.run('CREATE TABLE u (_id BIGINT, m BIGINT, tags VARCHAR)');
});
afterAll(() => connection.closeSync());

const tables = [
  {
    name: 't',
    shape: tableShape({
      n: { type: 'int' },
      s: { type: 'string' },
      tags: { type: 'stringset' },
      ids: { type: 'idset' },
    }),
    segments: [],
  },
  { name: 'u', shape: tableShape({ m: { type: 'int' }, tags: { type: 'string' } }), segments: [] },
];

async function guarded(sql: string): Promise<ReadonlySet<string>> {
  return guardSelect(await makeStatementParser(connection).parse(sql), ['t', 'u']);
}

describe('the guard of SELECT', () => {
  it.each(readFixture<RefusedCase[]>('select-guard/refused.json'))('refuses $group: $sql', async ({ sql, message }) => {
    await expect(guarded(sql)).rejects.toThrow(new QueryRefused(message));
  });

  it.each(readFixture<string[]>('select-guard/allowed.json'))('lets pass what then runs: %s', async (sql) => {
    await guarded(sql);
    const parser = makeStatementParser(connection);
    await connection.run(await parser.print(await parser.parse(sql)));
  });

  it('refuses a NUL, behind which a parser might see nothing', async () => {
    await expect(guarded('SELECT 1\0; DROP TABLE t')).rejects.toThrow('a statement must not hold a NUL character');
  });

  it('refuses a statement of more values than can be looked through quickly', async () => {
    const values = Array.from({ length: 30_000 }, (_, i) => i).join();
    await expect(guarded(`SELECT 1 IN (${values})`)).rejects.toThrow('the statement is too long: split it');
  });

  it.each([
    ['SELECT 1', []],
    ['SELECT * FROM T', ['t']],
    ['WITH u AS (SELECT 1) SELECT * FROM u, t', ['t']],
    ['WITH u AS (SELECT * FROM u) SELECT * FROM u', ['u']],
    ['SELECT (SELECT max(m) FROM u) FROM t', ['t', 'u']],
  ])('tells which tables are read: %s', async (sql, expected) => {
    expect([...(await guarded(sql))].sort()).toEqual(expected);
  });
});

describe('the allowed functions', () => {
  it('are all known to the engine', async () => {
    const rows = (
      await connection.runAndReadAll('SELECT DISTINCT lower(function_name) FROM duckdb_functions()')
    ).getRows();
    const known = new Set(rows.map(([name]) => String(name)));
    const missing = [...allowedFunctions, ...allowedTableFunctions].filter((name) => !known.has(name));
    expect(missing.filter((name) => !bindersOwn.has(name))).toEqual([]);
  });

  it('are none that look outside', () => {
    expect([...allowedFunctions, ...allowedTableFunctions].filter((name) => forbidden.test(name))).toEqual([]);
  });
});

describe('equality with a set column', () => {
  it.each(readFixture<SetEqualityCase[]>('select-guard/set-equality.json'))('$sql', async (example) => {
    const parser = makeStatementParser(connection);
    const statement = await parser.parse(example.sql);
    if (example.refused !== undefined) {
      expect(() => withSetEquality(statement, tables)).toThrow(new QueryRefused(example.refused));
    } else expect(await parser.print(withSetEquality(statement, tables))).toBe(example.becomes);
  });
});
