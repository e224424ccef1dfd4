import type { DuckDBConnection } from '@duckdb/node-api';
import type { QueryEngine, QueryLimits, QueryResult, QueryTable, Statement } from '../../ports/query-engine.ts';
import { queryError } from './engine-errors.ts';
import { lockDatabase, makeEmptyDatabases } from './locked-database.ts';
import { withDeadline } from './query-deadline.ts';
import { readAnswer } from './read-answer.ts';
import { makeReadableObjects, type ObjectSource, type ReadableObjects } from './readable-objects.ts';
import { guardSelect, tableNamesIn } from './select-guard.ts';
import { withSetEquality } from './set-equality.ts';
import { makeStatementParser } from './statement-parser.ts';
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
  readonly parameters: Extract<Statement, { readonly kind: 'compiled' }>['parameters'];
  readonly tables: readonly QueryTable[];
  readonly timeViews: readonly QueryTable[];
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
      const { answer, ended } = withDeadline(connection, limits, async () => {
        const prepared = await prepare(connection, statement, tables);
        return answerOf(connection, prepared, limits, { objects, wide });
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
    const named = tableNamesIn(tree);
    return {
      sql: statement.sql,
      parameters: statement.parameters,
      tables: tables.filter(({ name }) => named.has(name)),
      timeViews: tables.filter(({ name }) => named.has(timeViewsName(name))),
    };
  }
  const names = tables.map(({ name }) => name);
  const used = guardSelect(tree, names);
  const changed = statement.setEquals === 'contains' ? withSetEquality(tree, tables) : tree;
  // What runs is printed from the tree, so that nothing runs that the tree does not say: DuckDB leaves hints such as NOT
  // MATERIALIZED out of it, and those can make planning endless. It is text again, and has to pass as its tree did.
  const sql = await parser.print(changed);
  guardSelect(await parser.parse(sql), names);
  return { sql, parameters: [], tables: tables.filter(({ name }) => used.has(name)), timeViews: [] };
}

async function answerOf(
  connection: DuckDBConnection,
  { sql, parameters, tables, timeViews }: Prepared,
  { rowsMax, memoryMegabytesMax }: QueryLimits,
  { objects, wide }: { readonly objects: ReadableObjects; readonly wide: WideDecimals },
): Promise<Omit<QueryResult, 'elapsedMs'>> {
  const read = [...new Set([...tables, ...timeViews])];
  const keys = read.flatMap(({ segments }) => segments.map(({ rowsKey }) => rowsKey));
  const { paths, release } = await objects.open(keys);
  try {
    await lockDatabase(connection, paths, memoryMegabytesMax);
    let at = 0;
    for (const table of read) {
      const files = table.segments.map(({ rowsKey: key }, i) => ({ key, path: paths[at + i]! }));
      at += files.length;
      const shape = { ...table.shape, wide: await wide.find(connection, table.shape.columns, files) };
      const source = { ...table, shape, paths: files.map(({ path }) => path) };
      if (tables.includes(table)) await connection.run(tableView(source));
      if (timeViews.includes(table)) await connection.run(timeViewsView(source));
    }
    return await readAnswer(connection, sql, { parameters, tables: read, rowsMax });
  } finally {
    release();
  }
}
