import { Problem } from '../domain/problem.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';

/** Tries at one change before it is given up: each loss means that another change was saved. */
const triesMax = 10;

/**
 * Makes a change that reads, decides and saves over the revision that it read; again from the start when someone was
 * faster.
 * @param what is changed, as the message names it
 * @throws Problem `incorrect_state` when others kept being faster
 */
export async function retryConflicts<T>(what: string, change: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
  throw new Problem('incorrect_state', `Others keep changing the ${what}; try again in a moment.`);
}
