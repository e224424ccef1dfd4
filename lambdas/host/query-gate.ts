import { Problem } from '../domain/problem.ts';
import type { QueryEngine } from '../ports/query-engine.ts';

/** Queries at once: each may use its whole memory limit, and more of them only slow each other down. */
const runningMax = 2;
/** Queries that wait for their turn; beyond that the caller is better told to come again. */
const waitingMax = 100;

/**
 * An engine that runs few queries at a time; the others wait, at most as long as they may run. On AWS each query has a
 * function instance of its own.
 */
export function gateQueries(engine: QueryEngine): QueryEngine {
  const waiting = new Set<() => void>();
  let running = 0;

  async function enter(waitMsMax: number): Promise<void> {
    if (running < runningMax) {
      running += 1;
      return;
    }
    if (waiting.size >= waitingMax) throw busy(`${waitingMax} more wait`);
    await new Promise<void>((resolve, reject) => {
      const admit = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(admit);
        reject(busy(`this one has waited ${waitMsMax} ms`));
      }, waitMsMax);
      waiting.add(admit);
    });
  }

  /** Hands the place on to whoever waits longest. */
  function leave(): void {
    const [next] = waiting;
    if (!next) {
      running -= 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  return {
    async run(statement, tables, limits) {
      await enter(limits.timeoutMs);
      try {
        return await engine.run(statement, tables, limits);
      } finally {
        leave();
      }
    },
  };
}

function busy(why: string): Problem {
  return new Problem('unavailable', `${runningMax} queries run and ${why}. Ask again in a moment.`);
}
