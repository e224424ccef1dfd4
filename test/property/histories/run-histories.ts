import fc from 'fast-check';
import type { History } from './history.ts';
import { histories } from './history-arbitraries.ts';
import type { HistoryPlace } from './history-place.ts';
import { playHistory } from './play-history.ts';
import { nothingSeen, type Seen } from './seen.ts';

export interface HistoryRuns {
  readonly runs: number;
  readonly seed: number;
  /** Where the nth run is played. */
  readonly placeOf: (run: number) => HistoryPlace;
  /** The first history that goes wrong is reported as it is, instead of the smallest like it. */
  readonly endOnFailure?: boolean;
}

/**
 * Plays generated histories.
 * @returns what happened in them
 * @throws Error that names the seed and holds the smallest history found that goes wrong, as JSON
 */
export async function runHistories({ runs, seed, placeOf, endOnFailure = false }: HistoryRuns): Promise<Seen> {
  const seen = nothingSeen();
  let run = 0;
  const property = fc.asyncProperty(histories, (history: History) => playHistory(placeOf(run++), history, seen));
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure });
  if (!details.failed) return seen;
  const [history] = details.counterexample ?? [];
  const where = `seed ${seed}, run ${details.numRuns} of ${runs}, path ${details.counterexamplePath}`;
  throw new Error(`A history went wrong (${where}): ${JSON.stringify(history)}\n${messageOf(details.errorInstance)}`, {
    cause: details.errorInstance,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
