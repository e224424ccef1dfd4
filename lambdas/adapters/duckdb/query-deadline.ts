import type { DuckDBConnection } from '@duckdb/node-api';
import { QueryLimitExceeded } from '../../ports/query-engine.ts';

/** Milliseconds between two interrupts: one that comes between two statements is lost. */
const interruptEveryMs = 50;

/**
 * Runs work on a connection and interrupts it when its time is up.
 * @throws QueryLimitExceeded then, whatever the work throws
 */
export async function withDeadline<T>(
  connection: DuckDBConnection,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> {
  let isOver = false;
  let repeat: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    isOver = true;
    connection.interrupt();
    repeat = setInterval(() => connection.interrupt(), interruptEveryMs);
  }, timeoutMs);
  try {
    return await work();
  } catch (error) {
    throw isOver ? new QueryLimitExceeded(`the query took longer than ${timeoutMs / 1_000} s`) : error;
  } finally {
    clearTimeout(timer);
    clearInterval(repeat);
  }
}
