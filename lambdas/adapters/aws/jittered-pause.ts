import { setTimeout as wait } from 'node:timers/promises';

/** Waits before an attempt is repeated; `attempt` is the number of those that came before. */
export type RetryPause = (attempt: number) => Promise<void>;

/**
 * Pauses of a random length up to a bound that doubles from `baseMs` to `maxMs`, so that callers who met at one item do
 * not meet there again ("full jitter", aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).
 */
export function makeJitteredPause({ baseMs, maxMs }: { readonly baseMs: number; readonly maxMs: number }): RetryPause {
  return async (attempt) => {
    await wait(Math.random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)));
  };
}
