import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../lambdas/domain/audit.ts';
import type { Caller } from '../../lambdas/domain/caller.ts';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { Database } from '../../lambdas/domain/database.ts';
import type { ColumnId, DatabaseId, SegmentId, TableId, TenantId, UserId } from '../../lambdas/domain/ids.ts';
import { Problem } from '../../lambdas/domain/problem.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import { StatementProblem } from '../../lambdas/domain/sql/statement-problem.ts';
import { shapeOf, type Table } from '../../lambdas/domain/table.ts';
import {
  type QueryEngine,
  QueryLimitExceeded,
  QueryRefused,
  type QueryResult,
} from '../../lambdas/ports/query-engine.ts';
import { type QueryRequest, type RunQueryPorts, runQuery } from '../../lambdas/use-cases/run-query.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { makeScriptedRowStore } from '../support/scripted-row-store.ts';

const caller: Caller = {
  tenantId: 'ours' as TenantId,
  userId: 'ann' as UserId,
  email: 'ann@example.com',
  role: 'User',
};
const databaseId = 'db' as DatabaseId;
const database: Database = {
  id: databaseId,
  tenantId: caller.tenantId,
  name: 'sales',
  shape: '8GB',
  sqlDialect: 'featurebase',
  status: 'RUNNING',
  createdAt: '2026-01-02T03:04:05Z',
  createdBy: 'ann',
  revision: 1,
};

const iris = table('iris', {
  species: { type: 'string' },
  petals: { type: 'int', min: '-9007199254740993', max: '5' },
});
const orders = table('orders', {
  tags: { type: 'stringsetq', quantum: 'YMD', ttl: '24h' },
  price: { type: 'decimal', scale: 2 },
});
const people = table('people', { at: { type: 'timestamp', unit: 'ms' } }, 'string');

const noRows: QueryResult = { columns: [], rows: [], elapsedMs: 1, scanned: { segments: 1, bytes: 10 } };

describe('runQuery', () => {
  it('runs a compiled statement over the segments of its one table, and heads it with its columns', async () => {
    const { ports, ran } = world({ ...noRows, rows: [[50]], elapsedMs: 7 });
    const answer = await ask(ports, { statement: "select count(*) from iris where species = 'setosa'" });
    expect(answer).toEqual({
      columns: [{ name: 'count(*)', type: { type: 'int' }, form: 'count', unnamed: true }],
      rows: [[50]],
      elapsedMs: 7,
    });
    expect(ran).toHaveLength(1);
    expect(ran[0]![0]).toMatchObject({ kind: 'compiled', parameters: ['setosa'] });
    expect(ran[0]![1]).toEqual([
      { name: 'iris', shape: shapeOf(iris), segments: [segmentOf(iris)], oldestBuckets: {} },
    ]);
    expect(ran[0]![2]).toEqual({ timeoutMs: 25_000, rowsMax: 1_000_000, memoryMegabytesMax: 1_024, bytesMax: 2 ** 30 });
  });

  it('lets the place say how many bytes a query may read', async () => {
    const { ports, ran } = world();
    await ask({ ...ports, queryBytesMax: 5 }, { statement: 'select * from iris' });
    expect(ran[0]![2]).toMatchObject({ bytesMax: 5 });
  });

  it.each<[string, Partial<QueryRequest>]>([
    ['PQL', { language: 'pql', statement: '[iris]Count(All())' }],
    ['PQL in place of SQL', { language: 'sql', statement: ' \n[iris]Count(All())' }],
  ])('takes %s', async (_name, request) => {
    const { ports, ran } = world({ ...noRows, rows: [[3]] });
    const answer = await ask(ports, request);
    expect(answer.columns.map(({ name }) => name)).toEqual(['count']);
    expect(ran[0]![1].map(({ name }) => name)).toEqual(['iris']);
  });

  it('gives the engine a SELECT that it alone can parse, with the tables whose names stand in it', async () => {
    const columns = [
      { name: '_id', type: { type: 'id' }, raw: 'BIGINT' },
      { name: 'mean', type: { type: 'float' }, raw: 'DOUBLE' },
    ] as const;
    const { ports, ran } = world({ ...noRows, columns, rows: [[1, 2.5]] });
    const statement = 'select i._id, avg(petals) mean from IRIS i join "orders" o on i._id = o._id group by 1';
    const answer = await ask(ports, { statement });
    expect(ran[0]![0]).toEqual({ kind: 'select', sql: statement, setEquals: 'contains' });
    expect(ran[0]![1].map(({ name }) => name)).toEqual(['iris', 'orders']);
    expect(answer.columns).toEqual([
      { name: '_id', type: { type: 'id' } },
      { name: 'mean', type: { type: 'float' } },
    ]);
  });

  it.each<[string, Partial<QueryRequest>, Partial<Database>, 'contains' | 'list']>([
    ["the database's", {}, { sqlDialect: 'duckdb' }, 'list'],
    ["the request's over the database's", { sqlDialect: 'featurebase' }, { sqlDialect: 'duckdb' }, 'contains'],
    ["the request's", { sqlDialect: 'duckdb' }, {}, 'list'],
  ])('speaks the dialect: %s', async (_name, request, of, setEquals) => {
    const { ports, ran } = world(noRows, { ...database, ...of });
    await ask(ports, { statement: 'select petals from iris order by 1', ...request });
    expect(ran[0]![0]).toMatchObject({ kind: 'select', setEquals });
  });

  it('answers SHOW TABLES in both forms, by name', async () => {
    const { ports } = world();
    const { columns, rows } = await ask(ports, { statement: 'show tables' });
    expect(columns.filter(({ only }) => only === 'table').map(({ name }) => name)).toEqual(['Table']);
    expect(columns.filter(({ only }) => only === 'schema').map(({ name }) => name)).toEqual(
      '_id name owner updated_by created_at updated_at keys space_used description'.split(' '),
    );
    const at = '2026-01-02T03:04:05Z';
    expect(rows).toEqual([
      ['iris', 'iris', 'iris', 'ann', 'ann', at, at, false, null, 'of iris'],
      ['orders', 'orders', 'orders', 'ann', 'ann', at, at, false, null, 'of orders'],
      ['people', 'people', 'people', 'ann', 'ann', at, at, true, null, 'of people'],
    ]);
  });

  it('answers SHOW FIELDS as v1 did', async () => {
    const { ports } = world();
    const { columns, rows } = await ask(ports, { statement: 'show fields from orders' });
    expect(columns.map(({ name }) => name)).toEqual(['Field', 'Type']);
    expect(rows).toEqual([
      ['price', 'decimal'],
      ['tags', 'keyed-time'],
    ]);
  });

  it('answers SHOW COLUMNS as SQL3 did', async () => {
    const { ports } = world();
    const { columns, rows } = await ask(ports, { statement: 'show columns from iris' });
    expect(columns.map(({ name }) => name)).toEqual(
      '_id name type created_at keys cache_type cache_size scale min max timeunit epoch timequantum ttl'.split(' '),
    );
    const empty = (length: number) => Array.from({ length }, () => null);
    expect(rows).toEqual([
      ['_id', '_id', 'id', '2026-01-02T03:04:05Z', false, ...empty(9)],
      ['species', 'species', 'string', null, true, ...empty(9)],
      ['petals', 'petals', 'int', null, false, ...empty(3), -9007199254740993n, 5, ...empty(4)],
    ]);
  });

  it('drops a table', async () => {
    const { ports, tables } = world();
    expect(await ask(ports, { statement: 'drop table orders' })).toEqual({ columns: [], rows: [], elapsedMs: 0 });
    expect(tables.map(({ name }) => name)).toEqual(['people', 'iris']);
  });

  it.each<['children' | 'absent', unknown]>([
    [
      'children',
      new StatementProblem('incorrect_state', "Table 'orders' still has sinks: 'radar'. Delete them first.", {
        sinks: ['radar'],
      }),
    ],
    ['absent', new Problem('bad_statement', "table or view 'orders' not found")],
  ])('does not drop a table that the catalog keeps: %s', async (refusal, problem) => {
    const { ports } = world();
    const deleteTable = async () => (refusal === 'absent' ? refusal : { children: ['radar'] });
    const keeping = { ...ports, catalog: { ...ports.catalog, deleteTable } };
    await expect(ask(keeping, { statement: 'drop table orders' })).rejects.toStrictEqual(problem);
  });

  it.each(['select tags from orders', "[orders]Row(tags='a', from='1969')"])(
    'says by its clock which time views count: %s',
    async (statement) => {
      const { ports, ran } = world();
      await ask({ ...ports, clock: { now: () => Date.parse('2022-08-09T02:00:00Z') } }, { statement });
      expect(ran[0]![1]).toMatchObject([{ name: 'orders', oldestBuckets: { c1: '2022-08-08' } }]);
    },
  );

  it.each<[string, Partial<QueryRequest>, Partial<Database>, string, string]>([
    ['no database', { databaseId: 'other' as DatabaseId }, {}, 'not_found', 'does not exist'],
    ["another tenant's database", {}, { tenantId: 'theirs' as TenantId }, 'not_found', 'does not exist'],
    ['a database on its way', {}, { status: 'CREATING' }, 'incorrect_state', "'sales' is CREATING"],
    ['an unknown table', { statement: 'select * from nope' }, {}, 'bad_statement', "'nope' not found"],
    ['another statement', { statement: 'insert into iris values (1)' }, {}, 'bad_statement', 'INSERT is not supported'],
    ['an unknown table of PQL', { language: 'pql', statement: '[nope]All()' }, {}, 'bad_statement', "'nope' not found"],
  ])('refuses %s', async (_name, request, of, kind, message) => {
    const { ports, ran } = world(noRows, { ...database, ...of });
    const refusal = await refusalOf(ask(ports, { statement: 'select * from iris', ...request }));
    expect(refusal).toEqual({ kind, message: expect.stringContaining(message) });
    expect(ran).toEqual([]);
  });

  it.each([
    [new QueryRefused('no function read_csv'), 'bad_statement'],
    [new QueryLimitExceeded('over 25 seconds'), 'limit_exceeded'],
  ])('hands on what the engine says: %s', async (error, kind) => {
    const { ports } = world(error);
    expect(await refusalOf(ask(ports, { statement: 'select * from iris' }))).toEqual({ kind, message: error.message });
  });

  it('does not dress up what is our own fault', async () => {
    const { ports } = world(new TypeError('oh'));
    await expect(ask(ports, { statement: 'select * from iris' })).rejects.toThrow(TypeError);
  });
});

function ask(ports: RunQueryPorts, request: Partial<QueryRequest>) {
  const by = { operation: 'querySqlDatabase', origin: { source: '192.0.2.7', requestId: 'r1' } };
  return runQuery(ports, caller, { databaseId, language: 'sql', statement: '', ...by, ...request });
}

/** A catalog with one database and three tables, and an engine that answers or throws what it is given. */
function world(outcome: QueryResult | Error = noRows, stored: Database = database) {
  const ran: Parameters<QueryEngine['run']>[] = [];
  const tables = [people, iris, orders];
  const entries: AuditEntry[] = [];
  const unused = async (): Promise<never> => {
    throw new Error('not for queries');
  };
  const ports: RunQueryPorts = {
    rowStore: makeScriptedRowStore(),
    objects: { delete: async () => {} },
    clock: { now: () => 0 },
    ids: { next: <T extends string>() => 'a1' as T },
    engine: {
      run: async (...call) => {
        ran.push(call);
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
    },
    catalog: {
      findDatabase: async (tenantId, id) => (stored.tenantId === tenantId && stored.id === id ? stored : undefined),
      listDatabases: async (tenantId) => (stored.tenantId === tenantId ? [stored] : []),
      listTables: async () => tables,
      saveAuditEntry: async (entry) => void entries.push(entry),
      findTableByName: async (_tenantId, _databaseId, name) => tables.find((each) => each.name === name),
      deleteTable: async (_tenantId, id) => {
        tables.splice(
          tables.findIndex((each) => each.id === id),
          1,
        );
        return undefined;
      },
      currentSegments: async (id) => tables.filter((each) => each.id === id).map(segmentOf),
      coveredSegments: async () => [],
      forgetSegments: async () => {},
      listSinksOfTable: async () => [],
      findTable: unused,
      saveTable: unused,
      findSink: unused,
      saveSink: unused,
      deleteSink: unused,
      hasPending: unused,
      hasPendingBefore: unused,
    },
  };
  return { ports, ran, tables, entries };
}

function table(name: string, columns: Readonly<Record<string, ColumnType>>, keyType: 'id' | 'string' = 'id'): Table {
  return {
    id: `table-${name}` as TableId,
    tenantId: caller.tenantId,
    databaseId,
    name,
    description: `of ${name}`,
    keyType,
    trackExistence: true,
    columns: Object.entries(columns).map(([column, type], i) => ({ id: `c${i + 1}` as ColumnId, name: column, type })),
    nextColumn: 9,
    status: 'ACTIVE',
    createdAt: '2026-01-02T03:04:05Z',
    createdBy: 'ann',
    revision: 1,
  };
}

function segmentOf({ id }: Table): Segment {
  const segmentId = `segment-${id}` as SegmentId;
  return {
    id: segmentId,
    tableId: id,
    rowsKey: `${id}/rows`,
    rows: 1,
    bytes: 1,
    columns: {},
    createdAt: '2026-01-02T03:04:05Z',
  };
}
