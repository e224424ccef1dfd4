import { mayDo } from '../domain/access.ts';
import { actorOf, type RequestOrigin } from '../domain/audit.ts';
import type { Caller } from '../domain/caller.ts';
import type { SqlDialect } from '../domain/database.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { queryBytesMax, queryMemoryMegabytesMax, queryRowsMax, querySecondsMax } from '../domain/limits.ts';
import { oldestBuckets } from '../domain/merge/time-quantum.ts';
import { compilePql } from '../domain/pql/compile-pql.ts';
import { Problem } from '../domain/problem.ts';
import { badStatement } from '../domain/sql/bad-statement.ts';
import { compileSql } from '../domain/sql/compile-sql.ts';
import type { AnswerColumn, Compiled } from '../domain/sql/compiled.ts';
import { showDatabases, showFields, showTables } from '../domain/sql/show.ts';
import { StatementProblem } from '../domain/sql/statement-problem.ts';
import { shapeOf, type Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import {
  type QueryEngine,
  QueryLimitExceeded,
  type QueryLimits,
  QueryRefused,
  type QueryResult,
  type QueryTable,
  type ResultValue,
  type Statement,
} from '../ports/query-engine.ts';
import { type DeleteTablePorts, deleteTable } from './delete-table.ts';
import { getDatabase, listDatabases } from './read-databases.ts';
import { audited, type RecordAuditPorts } from './record-audit.ts';

export interface RunQueryPorts extends DeleteTablePorts, RecordAuditPorts {
  readonly catalog: DeleteTablePorts['catalog'] &
    RecordAuditPorts['catalog'] &
    Pick<Catalog, 'findDatabase' | 'listDatabases' | 'listTables' | 'currentSegments'>;
  readonly engine: QueryEngine;
  /** Bytes of segment files that one query may have to read in this place; `queryBytesMax`, as for copies, unless given. */
  readonly queryBytesMax?: number;
}

export interface QueryRequest {
  readonly databaseId: DatabaseId;
  readonly language: 'sql' | 'pql';
  readonly statement: string;
  /** Overrules the database's own choice. */
  readonly sqlDialect?: SqlDialect;
  /** By which call it came, for the audit log. */
  readonly operation: string;
  readonly origin: RequestOrigin;
}

/** What every statement is answered with: a SELECT, SHOW or PQL call with rows, a DROP with nothing. */
export interface QueryAnswer {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly (readonly ResultValue[])[];
  /** What the engine took; 0 where none was asked. */
  readonly elapsedMs: number;
}

const limits: Omit<QueryLimits, 'bytesMax'> = {
  timeoutMs: querySecondsMax * 1_000,
  rowsMax: queryRowsMax,
  memoryMegabytesMax: queryMemoryMegabytesMax,
};

/**
 * Answers a SQL or PQL statement from the segments that make up its tables now: a record once visible is in every later
 * answer. SQL that begins with `[` is PQL (FeatureBase, 2023 endpoints).
 * @throws Problem `not_found` (also: another tenant's database), `incorrect_state` when it is not RUNNING,
 *   `bad_statement` with what is wrong in the statement's own words, `limit_exceeded`; StatementProblem
 *   `incorrect_state` when a DROP's table still has sinks
 */
export async function runQuery(ports: RunQueryPorts, caller: Caller, request: QueryRequest): Promise<QueryAnswer> {
  const { databaseId, statement } = request;
  const database = await getDatabase(ports, caller, { databaseId });
  if (database.status !== 'RUNNING')
    throw new Problem('incorrect_state', `Database '${database.name}' is ${database.status}; it answers once RUNNING.`);
  const tables = await ports.catalog.listTables(caller.tenantId, databaseId);
  const compiled = compile(request, tables, request.sqlDialect ?? database.sqlDialect);
  switch (compiled.kind) {
    case 'show-databases':
      return { ...showDatabases(await listDatabases(ports, caller)), elapsedMs: 0 };
    case 'show-tables':
      return { ...showTables(tables), elapsedMs: 0 };
    case 'show-fields':
      return { ...showFields(getNamed(tables, compiled.table), compiled.words), elapsedMs: 0 };
    case 'drop-table':
      await dropTable(ports, caller, { databaseId, name: compiled.table }, request);
      return { columns: [], rows: [], elapsedMs: 0 };
    case 'compiled': {
      const used = await withSegments(ports, [getNamed(tables, compiled.table)]);
      const { sql, parameters, columns } = compiled;
      const { rows, elapsedMs } = await run(ports, { kind: 'compiled', sql, parameters }, used);
      return { columns, rows, elapsedMs };
    }
    case 'select': {
      const used = await withSegments(ports, tablesNamedIn(statement, tables));
      const result = await run(ports, { kind: 'select', sql: compiled.sql, setEquals: compiled.setEquals }, used);
      const columns = result.columns.map(({ name, type }) => ({ name, type }));
      return { columns, rows: result.rows, elapsedMs: result.elapsedMs };
    }
  }
}

function compile({ language, statement }: QueryRequest, tables: readonly Table[], dialect: SqlDialect): Compiled {
  const queryable = tables.map((table) => ({ name: table.name, shape: shapeOf(table) }));
  const isPql = language === 'pql' || statement.trimStart().startsWith('[');
  return isPql ? compilePql(statement, queryable) : compileSql(statement, queryable, dialect);
}

async function run(
  { engine, queryBytesMax: bytesMax = queryBytesMax }: RunQueryPorts,
  statement: Statement,
  tables: readonly QueryTable[],
): Promise<QueryResult> {
  try {
    return await engine.run(statement, tables, { ...limits, bytesMax });
  } catch (error) {
    if (error instanceof QueryRefused) throw new Problem('bad_statement', error.message);
    if (error instanceof QueryLimitExceeded) throw new Problem('limit_exceeded', error.message);
    throw error;
  }
}

function withSegments({ catalog, clock }: RunQueryPorts, tables: readonly Table[]): Promise<readonly QueryTable[]> {
  return Promise.all(
    tables.map(async (table) => ({
      name: table.name,
      shape: shapeOf(table),
      segments: await catalog.currentSegments(table.id),
      oldestBuckets: oldestBuckets(table.columns, clock.now()),
    })),
  );
}

/**
 * The tables that a SELECT which only the engine can parse may read: those whose name stands somewhere in it. Names have
 * no character that could be written in another way, so that no table is missed.
 */
function tablesNamedIn(statement: string, tables: readonly Table[]): readonly Table[] {
  const text = statement.toLowerCase();
  return tables.filter(({ name }) => text.includes(name.toLowerCase()));
}

/**
 * A change that is an entry of the audit log, unlike other queries. What `deleteTable` refuses is the statement's doing
 * here; a table can be gone since the statement was compiled.
 */
async function dropTable(
  ports: RunQueryPorts,
  caller: Caller,
  place: { databaseId: DatabaseId; name: string },
  { operation, origin }: QueryRequest,
): Promise<void> {
  const target = { database_id: place.databaseId, table: place.name, statement: 'DROP TABLE' };
  const change = { tenantId: caller.tenantId, actor: actorOf(caller), operation, target, origin };
  try {
    await audited(ports, change, async () => {
      if (!mayDo(caller, 'manage')) throw new Problem('forbidden', 'DROP TABLE needs the right to manage tables.');
      await deleteTable(ports, caller, place);
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind === 'not_found') throw badStatement(`table or view '${place.name}' not found`);
    if (error.kind === 'incorrect_state') throw new StatementProblem(error.kind, error.message, error.details);
    throw error;
  }
}

function getNamed(tables: readonly Table[], name: string): Table {
  return tables.find((table) => table.name === name)!;
}
