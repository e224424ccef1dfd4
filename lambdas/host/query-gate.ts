import { Problem } from '../domain/problem.ts';
import type { QueryEngine } from '../ports/query-engine.ts';

/** Queries at once: each may use its whole memory limit, and more of them only slow each other down. */
const runningMax = 4;
/** Queries that wait for their turn; beyond that the caller is better told to come again. */
const waitingMax = 100;

/** An engine that runs few queries at a time. On AWS each query has a function instance of its own. */
export function gateQueries(engine: QueryEngine): QueryEngine {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < runningMax) {
      running += 1;
      return;
    }
    if (waiting.length >= waitingMax) {
      throw new Problem(
        'unavailable',
        `${runningMax} queries run and ${waitingMax} wait already. Ask again in a moment.`,
      );
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(...request) {
      await enter();
      try {
        return await engine.run(...request);
      } finally {
        leave();
      }
    },
  };
}
