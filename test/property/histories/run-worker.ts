/**
 * One worker of `npm run test:properties`, started by `test/run-properties.ts` as a process of its own: plays histories in
 * portions and prints what came of each as a line of JSON. Each portion has stores of its own, so that they stay small.
 * Those that once went wrong come first.
 * Arguments: portions, runs of a portion, seed of the first, the step to the next one's seed, every how many have Parquet.
 */
import { openEmbeddedHistories } from '../../support/embedded-histories.ts';
import { foundHistories } from '../found-histories.ts';
import { playHistory } from './play-history.ts';
import { runHistories } from './run-histories.ts';
import { nothingSeen, type Seen } from './seen.ts';

/** What a worker prints of a portion. */
export type PortionOutcome = { readonly seed: number } & ({ readonly seen: Seen } | { readonly failure: string });

const [portions, runs, firstSeed, seedStep, wholeEvery] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
  number,
];

await playFound();
for (let portion = 0; portion < portions; portion += 1) print(await play(firstSeed + portion * seedStep));

async function playFound(): Promise<void> {
  const places = openEmbeddedHistories();
  for (const { what, seed, history } of foundHistories) {
    const failure = await playHistory(places.whole, history, nothingSeen()).catch((error: unknown) => String(error));
    if (failure !== undefined) print({ seed, failure: `again: ${what}: ${failure}` });
  }
  await places.close();
}

async function play(seed: number): Promise<PortionOutcome> {
  const places = openEmbeddedHistories();
  const placeOf = (run: number) => (run % wholeEvery === 0 ? places.whole : places.quick);
  try {
    return { seed, seen: await runHistories({ runs, seed, placeOf }) };
  } catch (error) {
    return { seed, failure: (error as Error).message };
  } finally {
    await places.close();
  }
}

function print(outcome: PortionOutcome): void {
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
