import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SinkId } from '../../lambdas/domain/ids.ts';
import type { Level } from '../../lambdas/domain/quota/token-bucket.ts';
import type { Quotas, StoredLevel } from '../../lambdas/ports/catalog/quotas.ts';
import { makeQuotaPurse, type QuotaPurse } from '../../lambdas/use-cases/quota-purse.ts';
import { aQuota, request } from '../support/a-quota.ts';

const instances = 4;
const burstSeconds = 4;
const startMs = 1_795_262_400_000;
/** By how much the total may be over in any window, and how far clocks may be off for that: 2.5 % of the burst. */
const overMax = 1.1;
const clockOffMsMax = burstSeconds * 25;

/** The one bucket that all lease from. */
function openBucket(): Pick<Quotas, 'findQuotaLevel' | 'moveQuotaLevel'> & { moves: number } {
  let stored: StoredLevel | undefined;
  const bucket = {
    moves: 0,
    findQuotaLevel: async () => stored,
    async moveQuotaLevel(_holder: unknown, level: Level, { over }: { over: StoredLevel | undefined }) {
      if (stored?.revision !== over?.revision) return false;
      bucket.moves += 1;
      stored = { level, revision: (stored?.revision ?? 0) + 1 };
      return true;
    },
  };
  return bucket;
}

interface World {
  nowMs: number;
  readonly bucket: ReturnType<typeof openBucket>;
  readonly purses: readonly QuotaPurse[];
}

function openWorld(offsetsMs: readonly number[]): World {
  const bucket = openBucket();
  const purseOf = (offsetMs: number) => {
    const clock = { now: () => world.nowMs + offsetMs };
    return makeQuotaPurse({ catalog: bucket, clock, pause: async () => {}, random: () => 0 }, 's1' as SinkId);
  };
  const world: World = { nowMs: startMs, bucket, purses: offsetsMs.map(purseOf) };
  return world;
}

const offsets = fc.array(fc.integer({ min: -clockOffMsMax, max: clockOffMsMax }), {
  minLength: instances,
  maxLength: instances,
});
const rate = fc.integer({ min: 10, max: 5_000 });
const steps = fc.array(
  fc.record({
    waitMs: fc.constantFrom(0, 1, 7, 40, 300, 1_100, 5_000),
    /** What each instance is sent at that moment, in parts of the burst; large ones are rare. */
    sent: fc.array(
      fc.record({
        instance: fc.nat({ max: instances - 1 }),
        part: fc.oneof(
          { weight: 8, arbitrary: fc.double({ min: 0, max: 0.05, noNaN: true }) },
          fc.constantFrom(0.3, 1),
        ),
      }),
      { maxLength: 12 },
    ),
  }),
  { maxLength: 60 },
);

interface Passed {
  readonly atMs: number;
  readonly records: number;
}

/** The worst of all windows: what passed in it, over what may. */
function worstOverrun(passed: readonly Passed[], perSecond: number): number {
  let worst = 0;
  for (let first = 0; first < passed.length; first += 1) {
    let records = 0;
    for (let last = first; last < passed.length; last += 1) {
      records += passed[last]!.records;
      const seconds = (passed[last]!.atMs - passed[first]!.atMs) / 1_000;
      worst = Math.max(worst, (records - 1) / (perSecond * (burstSeconds + seconds)));
    }
  }
  return worst;
}

describe('a quota that several instances share', () => {
  it('is over by a tenth at most in any window, however the clocks are off', async () => {
    let worst = 0;
    await fc.assert(
      fc.asyncProperty(offsets, rate, steps, async (offsetsMs, perSecond, history) => {
        const world = openWorld(offsetsMs);
        const quota = aQuota({ records: perSecond }, burstSeconds);
        const passed: Passed[] = [];
        for (const { waitMs, sent } of history) {
          world.nowMs += waitMs;
          await Promise.all(
            sent.map(async ({ instance, part }) => {
              const records = Math.max(1, Math.floor(part * perSecond * burstSeconds));
              const refused = await world.purses[instance]!.pay(quota, request(records));
              if (refused === undefined) passed.push({ atMs: world.nowMs, records });
            }),
          );
        }
        const overrun = worstOverrun(passed, perSecond);
        worst = Math.max(worst, overrun);
        expect(overrun).toBeLessThanOrEqual(overMax);
      }),
      { numRuns: 300 },
    );
    // The histories reach the quota: else the bound above would say nothing.
    expect(worst).toBeGreaterThan(0.95);
  });

  it('starves nobody: after any history, who waits as told gets in, whatever it sends', async () => {
    await fc.assert(
      fc.asyncProperty(
        offsets,
        rate,
        steps,
        fc.nat({ max: instances - 1 }),
        fc.double({ min: 0.001, max: 3, noNaN: true }),
        async (offsetsMs, perSecond, history, instance, part) => {
          const world = openWorld(offsetsMs);
          const quota = aQuota({ records: perSecond }, burstSeconds);
          for (const { waitMs, sent } of history) {
            world.nowMs += waitMs;
            for (const one of sent) {
              await world.purses[one.instance]!.pay(quota, request(Math.ceil(one.part * perSecond * burstSeconds)));
            }
          }
          const needed = request(Math.ceil(part * perSecond * burstSeconds));
          let tries = 0;
          for (let waitMs: number | undefined = 0; waitMs !== undefined; tries += 1) {
            world.nowMs += waitMs;
            waitMs = await world.purses[instance]!.pay(quota, needed);
            expect(waitMs ?? 0).toBeLessThanOrEqual(2 * burstSeconds * 1_000 + 2 * clockOffMsMax);
            expect(tries).toBeLessThan(4);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['all are busy', [1, 1, 1, 1]],
    ['all but one are idle', [1, 0, 0, 0]],
    ['one has nearly all', [20, 1, 1, 1]],
  ])('is used up where more is sent, and few requests ask the bucket, when %s', async (_name, weights) => {
    const world = openWorld([0, 20, -20, 5]);
    const perSecond = 2_000;
    const quota = aQuota({ records: perSecond }, burstSeconds);
    const [seconds, tickMs, size] = [30, 10, 5];
    let [records, requests] = [0, 0];
    for (let at = 0; at < seconds * 1_000; at += tickMs) {
      world.nowMs += tickMs;
      // Twice the rate, together.
      const all = (2 * perSecond * tickMs) / 1_000 / size;
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      for (const [i, weight] of weights.entries()) {
        for (let k = 0; k < (all * weight) / whole; k += 1) {
          requests += 1;
          if ((await world.purses[i]!.pay(quota, request(size))) === undefined) records += size;
        }
      }
    }
    const allowed = perSecond * (seconds + burstSeconds);
    expect(records).toBeGreaterThan(0.95 * allowed);
    expect(records).toBeLessThanOrEqual(overMax * allowed);
    expect(world.bucket.moves).toBeLessThan(requests / 8);
  });

  it('holds nothing back where every instance has a trickle', async () => {
    const world = openWorld(Array.from({ length: 50 }, (_, i) => i - 25));
    const quota = aQuota({ records: 100 }, 10);
    // 50 instances send 1 record each 1.1 s: 45 a second, of 100.
    for (let round = 0; round < 60; round += 1) {
      world.nowMs += 1_100;
      for (const purse of world.purses) expect(await purse.pay(quota, request(1))).toBeUndefined();
    }
  });
});
