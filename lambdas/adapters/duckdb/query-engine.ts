import type { DuckDBConnection } from '@duckdb/node-api';
import {
  type QueryEngine,
  QueryLimitExceeded,
  type QueryLimits,
  type QueryResult,
  type QueryTable,
  type Statement,
} from '../../ports/query-engine.ts';
import type { Parameters } from './constant-values.ts';
import { queryError } from './engine-errors.ts';
import { lockDatabase, makeEmptyDatabases } from './locked-database.ts';
import { pruneSegments } from './prune-segments.ts';
import { withDeadline } from './query-deadline.ts';
import { readAnswer } from './read-answer.ts';
import { makeReadableObjects, type ObjectSource, type ReadableObjects } from './readable-objects.ts';
import { rowConditions } from './row-conditions.ts';
import { guardSelect, tableNamesIn } from './select-guard.ts';
import { withSetEquality } from './set-equality.ts';
import { makeStatementParser, type TreeNode } from './statement-parser.ts';
import { onlyPlaceOf } from './table-places.ts';
import { tableView, timeViewsName, timeViewsView } from './table-view.ts';
import { makeWideDecimals, type WideDecimals } from './wide-decimals.ts';

export interface DuckDbQueryEngineOptions extends ObjectSource {
  /** For copies of objects that are no local files; needed unless `objectsDirectory` is given. */
  readonly cacheDirectory?: string;
  /** Threads of one query; by default as many as there are processors. */
  readonly threads?: number;
}

/** What a statement comes to: SQL to run, and which of the tables (and hidden views) it reads. */
interface Prepared {
  readonly sql: string;
  readonly parameters: Parameters;
  /** With the segments that the statement can't do without. */
  readonly tables: readonly QueryTable[];
  readonly timeViews: readonly QueryTable[];
}

interface AnswerSources {
  readonly objects: ReadableObjects;
  readonly wide: WideDecimals;
  /** Aborted once nobody waits for the answer. */
  readonly signal: AbortSignal;
}

/** Queries in a DuckDB of their own each, which sees the files of the tables that the statement reads and nothing else. */
export function makeDuckDbQueryEngine(options: DuckDbQueryEngineOptions): QueryEngine {
  const objects = makeReadableObjects(options, options.cacheDirectory);
  const wide = makeWideDecimals();
  const databases = makeEmptyDatabases(options.threads);
  return {
    async run(statement, tables, limits) {
      const startedAt = performance.now();
      const { memoryMegabytesMax } = limits;
      const { connection, close } = await databases.take();
      const { answer, ended } = withDeadline(connection, limits, async (signal) => {
        const prepared = await prepare(connection, statement, tables);
        return answerOf(connection, prepared, limits, { objects, wide, signal });
      });
      void ended.then(() => {
        close();
        databases.prepare();
      });
      try {
        return { ...(await answer), elapsedMs: performance.now() - startedAt };
      } catch (error) {
        throw queryError(error, memoryMegabytesMax);
      }
    },
  };
}

/** Parses and checks a statement. Ours are parsed too: nothing but one SELECT is ever run. */
async function prepare(
  connection: DuckDBConnection,
  statement: Statement,
  tables: readonly QueryTable[],
): Promise<Prepared> {
  const parser = makeStatementParser(connection);
  const tree = await parser.parse(statement.sql);
  if (statement.kind === 'compiled') {
    const { sql, parameters } = statement;
    const named = tableNamesIn(tree);
    const pruned = tables.map((table) => withoutUnneeded(table, tree, parameters));
    return {
      sql,
      parameters,
      tables: pruned.filter(({ name }) => named.has(name)),
      timeViews: pruned.filter(({ name }) => named.has(timeViewsName(name))),
    };
  }
  const names = tables.map(({ name }) => name);
  const used = guardSelect(tree, names);
  const changed = statement.setEquals === 'contains' ? withSetEquality(tree, tables) : tree;
  // What runs is printed from the tree, so that nothing runs that the tree does not say: DuckDB leaves hints such as NOT
  // MATERIALIZED out of it, and those can make planning endless. It is text again, and has to pass as its tree did.
  const sql = await parser.print(changed);
  const printed = await parser.parse(sql);
  guardSelect(printed, names);
  const read = tables.filter(({ name }) => used.has(name)).map((table) => withoutUnneeded(table, printed, []));
  return { sql, parameters: [], tables: read, timeViews: [] };
}

/** The table without the segments that the statement's conditions rule out. */
function withoutUnneeded(table: QueryTable, tree: TreeNode, parameters: Parameters): QueryTable {
  const { name, shape, segments } = table;
  const place = onlyPlaceOf(name, timeViewsName(name), tree);
  const conditions = place ? rowConditions(shape, place, parameters) : [];
  return { ...table, segments: pruneSegments(segments, shape.keyType, conditions) };
}

async function answerOf(
  connection: DuckDBConnection,
  { sql, parameters, tables, timeViews }: Prepared,
  { rowsMax, memoryMegabytesMax, bytesMax }: QueryLimits,
  { objects, wide, signal }: AnswerSources,
): Promise<Omit<QueryResult, 'elapsedMs'>> {
  const read = [...new Set([...tables, ...timeViews])];
  const files = read.flatMap(({ segments }) => segments);
  const scanned = { segments: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  if (scanned.bytes > bytesMax) throw tooManyBytes(scanned, bytesMax);
  const { paths, release } = await objects.open(
    files.map(({ rowsKey }) => rowsKey),
    signal,
  );
  try {
    await lockDatabase(connection, paths, memoryMegabytesMax);
    let at = 0;
    for (const table of read) {
      const places = table.segments.map(({ rowsKey: key }, i) => ({ key, path: paths[at + i]! }));
      at += places.length;
      const shape = { ...table.shape, wide: await wide.find(connection, table.shape.columns, places) };
      const source = { ...table, shape, paths: places.map(({ path }) => path) };
      if (tables.includes(table)) await connection.run(tableView(source));
      if (timeViews.includes(table)) await connection.run(timeViewsView(source));
    }
    return { ...(await readAnswer(connection, sql, { parameters, tables: read, rowsMax })), scanned };
  } finally {
    release();
  }
}

function tooManyBytes({ segments, bytes }: QueryResult['scanned'], bytesMax: number): QueryLimitExceeded {
  const megabytes = (count: number) => Math.ceil(count / 1_048_576).toLocaleString('en-US');
  return new QueryLimitExceeded(
    `the query would read ${megabytes(bytes)} MB in ${segments} segments, and may read ${megabytes(bytesMax)} MB: ` +
      'narrow it by conditions that compare _id with constants, such as _id BETWEEN 1 AND 1000',
  );
}
