import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AttemptCounters, StoredAttempts } from '../../lambdas/ports/catalog/attempts.ts';
import { type AttemptBounds, throttled } from '../../lambdas/use-cases/throttle-attempts.ts';

const bounds: AttemptBounds = {
  pair: { failuresMax: 3, windowSeconds: 900 },
  source: { failuresMax: 6, windowSeconds: 900 },
  address: { failuresMax: 8, windowSeconds: 3_600 },
};
const startMs = 1_795_262_400_000;

/** Counters in memory, with the conditional writes of the catalog. */
function openCounters(): AttemptCounters {
  const stored = new Map<string, StoredAttempts>();
  return {
    findAttempts: async (counters) => counters.map((counter) => stored.get(counter)),
    async moveAttempts(moves) {
      if (moves.some(({ counter, over }) => stored.get(counter)?.revision !== over?.revision)) return false;
      for (const { counter, attempts } of moves)
        stored.set(counter, { attempts, revision: (stored.get(counter)?.revision ?? 0) + 1 });
      return true;
    },
  };
}

const guess = fc.record({ source: fc.constantFrom('a', 'b', 'c'), address: fc.constantFrom('x', 'y') });

it('lets no more wrong guesses pass than the bounds, however many come at once and in whatever order they go on', async () => {
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(guess, { minLength: 1, maxLength: 40 }), fc.scheduler(), async (guesses, scheduler) => {
      const counters = openCounters();
      const catalog: AttemptCounters = {
        findAttempts: scheduler.scheduleFunction(counters.findAttempts),
        moveAttempts: scheduler.scheduleFunction(counters.moveAttempts),
      };
      const looked: typeof guesses = [];
      const pause = scheduler.scheduleFunction(async () => {});
      const ports = { catalog, clock: { now: () => startMs }, pause, attemptBounds: bounds, random: () => 0.5 };
      const tries = guesses.map((by) =>
        throttled(ports, by, async () => {
          looked.push(by);
          await scheduler.schedule(Promise.resolve());
          return undefined;
        }).catch((error: { kind?: string }) => {
          expect(error.kind).toBe('over_rate');
          refusals += 1;
        }),
      );
      await scheduler.waitFor(Promise.all(tries));
      for (const { source, address } of guesses) {
        expect(looked.filter((by) => by.source === source && by.address === address).length).toBeLessThanOrEqual(3);
        expect(looked.filter((by) => by.source === source).length).toBeLessThanOrEqual(6);
        expect(looked.filter((by) => by.address === address).length).toBeLessThanOrEqual(8);
      }
      // Nobody is refused for nothing: where all fit the bounds, all were looked at.
      const most = (of: (by: (typeof guesses)[number]) => string) =>
        Math.max(...Object.values(Object.groupBy(guesses, of)).map((same) => same!.length));
      if (most((by) => by.source + by.address) <= 3 && most((by) => by.source) <= 6 && most((by) => by.address) <= 8)
        expect(looked).toHaveLength(guesses.length);
    }),
    { numRuns: 60 },
  );
  expect(refusals).toBeGreaterThan(0);
});

it('refuses nobody who knows the secret, however many come at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(guess, { minLength: 1, maxLength: 20 }), fc.scheduler(), async (signIns, scheduler) => {
      const counters = openCounters();
      const catalog: AttemptCounters = {
        findAttempts: scheduler.scheduleFunction(counters.findAttempts),
        moveAttempts: scheduler.scheduleFunction(counters.moveAttempts),
      };
      const pause = scheduler.scheduleFunction(async () => {});
      const ports = { catalog, clock: { now: () => startMs }, pause, attemptBounds: bounds, random: () => 0.01 };
      const answers = signIns.map((by) => throttled(ports, by, async () => scheduler.schedule(Promise.resolve('in'))));
      expect(await scheduler.waitFor(Promise.all(answers))).toEqual(signIns.map(() => 'in'));
    }),
    { numRuns: 40 },
  );
});
