import { pressureRetrySeconds } from '../../domain/limits.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Pressure } from '../../ports/pressure.ts';
import type { SqliteBatchQueues } from './sqlite-batch-queue.ts';

/** Messages that may wait: minutes of work for the writers, at a few KB to a few hundred each. */
const depthMax = 200_000;
/**
 * Milliseconds that a message may wait for its first try: far longer than any burst takes to drain. A message that failed
 * is tried again for as long as it takes, and says nothing about the others.
 */
const ageMsMax = 900_000;
/** Milliseconds for which a look at the queue is good. */
const lookMs = 1_000;

export interface QueueGaugeParts {
  readonly queues: Pick<SqliteBatchQueues, 'queue' | 'oldestUntriedMs'>;
  readonly clock: Clock;
}

/** Refuses requests while writing is so far behind that the queue stands, or as good as stands. */
export function makeQueueGauge({ queues, clock }: QueueGaugeParts) {
  // What waited while nothing ran is not late yet.
  const startedAtMs = clock.now();
  let lookedAtMs: number | undefined;
  let found: Pressure | undefined;

  async function look(now: number): Promise<Pressure | undefined> {
    const depth = await queues.queue.depth();
    if (depth >= depthMax) return refusal(`${depth} batches wait to be written`);
    const oldestMs = depth > 0 ? queues.oldestUntriedMs() : undefined;
    const waitedMs = oldestMs === undefined ? 0 : now - Math.max(oldestMs, startedAtMs);
    return waitedMs < ageMsMax
      ? undefined
      : refusal(`a batch has waited ${Math.floor(waitedMs / 1_000)} s to be written`);
  }

  return {
    async check(): Promise<Pressure | undefined> {
      const now = clock.now();
      if (lookedAtMs === undefined || now < lookedAtMs || now - lookedAtMs >= lookMs) {
        lookedAtMs = now;
        found = await look(now);
      }
      return found;
    },
  };
}

function refusal(cause: string): Pressure {
  return { kind: 'refuse', cause, retryAfterSeconds: pressureRetrySeconds };
}
