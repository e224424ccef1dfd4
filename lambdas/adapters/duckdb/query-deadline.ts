import type { DuckDBConnection } from '@duckdb/node-api';
import { QueryLimitExceeded } from '../../ports/query-engine.ts';

export interface DeadlineLimits {
  readonly timeoutMs: number;
  readonly memoryMegabytesMax: number;
}

/** Milliseconds between two looks. An interrupt that comes between two statements is lost, so it is repeated. */
const lookEveryMs = 25;
/**
 * DuckDB does not count all that it takes: values in the making (lists, long texts) are outside its limit. A process that
 * grew by this many times the limit while a query ran is in danger, whichever query it is.
 */
const growthMax = 2;

/**
 * Runs work on a connection and interrupts it when its time is up or the process has grown too much. Not everything can
 * be interrupted at once: the answer is given up immediately, the signal aborts, and `ended` tells when the work really
 * stopped.
 */
export function withDeadline<T>(
  connection: DuckDBConnection,
  { timeoutMs, memoryMegabytesMax }: DeadlineLimits,
  work: (signal: AbortSignal) => Promise<T>,
): { readonly answer: Promise<T>; readonly ended: Promise<void> } {
  const startedAt = performance.now();
  const memoryBytesMax = process.memoryUsage.rss() + memoryMegabytesMax * 1_048_576 * growthMax;
  const { promise: exceeded, reject } = Promise.withResolvers<never>();
  const over = new AbortController();
  const look = setInterval(() => {
    if (!over.signal.aborted && performance.now() - startedAt > timeoutMs) {
      over.abort();
      reject(new QueryLimitExceeded(`the query took longer than ${timeoutMs / 1_000} s`));
    }
    if (!over.signal.aborted && process.memoryUsage.rss() > memoryBytesMax) {
      over.abort();
      reject(new QueryLimitExceeded(`the query needs more than ${memoryMegabytesMax} MB of memory`));
    }
    if (over.signal.aborted) connection.interrupt();
  }, lookEveryMs);
  const done = work(over.signal);
  const ended = done.then(
    () => clearInterval(look),
    () => clearInterval(look),
  );
  return { answer: Promise.race([done, exceeded]), ended };
}
