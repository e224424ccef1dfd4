import { availableParallelism } from 'node:os';
import { openDatabase } from '../lambdas/adapters/duckdb/open-database.ts';
import { resultValue } from '../lambdas/adapters/duckdb/result-value.ts';
import { queryMemoryMegabytesMax } from '../lambdas/domain/limits.ts';
import { quoteText } from '../lambdas/domain/naming/quote-identifier.ts';
import { getRow } from '../lambdas/use-cases/get-row.ts';
import { runQuery } from '../lambdas/use-cases/run-query.ts';
import type { QueryCase } from './query-cases.ts';
import { formatTimestamp } from './query-data.ts';
import type { LoadedEvents } from './query-load.ts';
import { caller, openStore, peerFile, type TableState, tableNames } from './query-store.ts';

/** Somebody who answers the cases: the product with its table in one state, or the peer. */
export interface QueryTarget {
  readonly name: TableState | 'duckdb';
  /** The answer's rows, as the product's results have them. */
  ask(query: QueryCase): Promise<readonly (readonly unknown[])[]>;
}

/** The targets over a loaded folder. */
export async function openTargets(folder: string, { databaseId }: LoadedEvents) {
  const store = openStore(folder);
  const peer = await openPeer(folder);
  const product = (name: TableState): QueryTarget => ({
    name,
    async ask({ language, statement }) {
      const text = statement(tableNames[name]);
      if (language === 'row') return [await rowOf(text)];
      const from = { operation: 'bench', origin: { source: '', requestId: '' } };
      return (await runQuery(store.ports, caller, { databaseId, language, statement: text, ...from })).rows;
    },
  });

  /** Both states have one row store, under the table that was written. */
  async function rowOf(key: string): Promise<readonly unknown[]> {
    const { row } = await getRow(store.ports, caller, { databaseId, tableName: tableNames.unmerged, key });
    const [user, countries, cents, seconds] = row.values;
    return [row.key, user, countries, (Number(cents) / 100).toFixed(2), formatTimestamp(Number(seconds))];
  }

  return {
    targets: [product('compacted'), product('unmerged'), peer.target] as const,
    async close(): Promise<void> {
      peer.close();
      await store.close();
    },
  };
}

/**
 * DuckDB on one Parquet file with the rows as they are in the end: same memory and threads as a query of the product, and
 * otherwise as it comes. It stays open, may cache what it has read, and is asked without parsing, checks or limits of ours.
 */
async function openPeer(folder: string): Promise<{ readonly target: QueryTarget; close(): void }> {
  const { connection, close } = await openDatabase(availableParallelism(), {
    memory_limit: `${queryMemoryMegabytesMax}MB`,
  });
  const file = quoteText(peerFile(folder));
  return {
    close,
    target: {
      name: 'duckdb',
      ask: async ({ peer }) =>
        (await connection.runAndReadAll(peer(file))).getRows().map((row) => row.map(resultValue)),
    },
  };
}
