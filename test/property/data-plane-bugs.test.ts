import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedHistories, openEmbeddedHistories } from '../support/embedded-histories.ts';
import { plantedBugs } from './histories/planted-bugs.ts';
import { runHistories } from './histories/run-histories.ts';

/** Within which each is found: most by the first ten, what only a rare replay shows by the first few hundred. */
const runsMax = 2_000;
const seed = Date.now() % 2 ** 31;

let places: EmbeddedHistories;
beforeAll(() => {
  places = openEmbeddedHistories();
});
afterAll(() => places.close());

describe(`the property of the data plane finds a planted bug (seed ${seed}):`, () => {
  it.each(Object.entries(plantedBugs))('%s', async (_, plant) => {
    const place = plant(places.quick);
    const runs = runHistories({ runs: runsMax, seed, placeOf: () => place, endOnFailure: true });
    await expect(runs).rejects.toThrow('A history went wrong');
  });
});
