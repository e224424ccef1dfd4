import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedHistories, openEmbeddedHistories } from '../support/embedded-histories.ts';
import { foundHistories } from './found-histories.ts';
import { sinksMin } from './histories/history-arbitraries.ts';
import { playHistory } from './histories/play-history.ts';
import { runHistories } from './histories/run-histories.ts';
import { nothingSeen } from './histories/seen.ts';

/** `npm run test:properties` plays ten thousand. */
const runs = 250;
/** Every so many have their segments as Parquet, and their rows read by SQL. */
const wholeEvery = 25;
const seed = Date.now() % 2 ** 31;

let places: EmbeddedHistories;
beforeAll(() => {
  places = openEmbeddedHistories();
});
afterAll(() => places.close());

describe('the data plane', () => {
  it.each(foundHistories)('does no longer: $what', async ({ history }) => {
    await playHistory(places.whole, history, nothingSeen());
  });

  it(`ends with the oracle's table and balanced counts after any history (${runs} runs, seed ${seed})`, async () => {
    const placeOf = (run: number) => (run % wholeEvery === 0 ? places.whole : places.quick);
    const seen = await runHistories({ runs, seed, placeOf });
    expect(seen.runs).toBe(runs);
    // The histories are those that were meant.
    expect(seen.collisions).toBeGreaterThan(seen.accepted / 2);
    expect(seen.schemaChanges).toBeGreaterThanOrEqual(2 * runs);
    expect(seen.sinks).toBeGreaterThanOrEqual(sinksMin * runs);
    for (const [what, count] of Object.entries(seen)) expect([what, count > runs / 20]).toEqual([what, true]);
  }, 300_000);
});
