import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { versionInstanceKey } from '../../lambdas/adapters/catalog/catalog-keys.ts';
import { makeLeasedVersionSource } from '../../lambdas/adapters/catalog/leased-version-source.ts';
import { instancesMax } from '../../lambdas/domain/version.ts';
import type { ItemStore } from '../../lambdas/ports/item-store.ts';
import type { VersionSource } from '../../lambdas/ports/version-source.ts';
import { openTestStores } from '../conformance/open-test-stores.ts';
import { type IssuedPlaces, placesOf, sharedPlace } from '../conformance/version-source-suite.ts';

/** Instances that run side by side, and the few numbers that they may have; all others are held for good. */
const running = 4;
const numbers = 2;

const steps = fc.array(
  fc.record({
    instance: fc.nat({ max: running - 1 }),
    /** A new instance in its place, which knows nothing of it. */
    isReplaced: fc.boolean(),
    /** How far its own clock moves first: by few steps, so that clocks which moved apart meet at a millisecond again. */
    moveMs: fc.constantFrom(0, 1, -1, 300_000, -300_000, 400_000, -400_000),
    /** Records of the batches that it accepts at once. */
    batches: fc.array(fc.nat({ max: 70_000 }), { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 30 },
);

interface Instance {
  readonly id: number;
  readonly source: VersionSource;
  readonly clock: { nowMs: number };
}

function startInstance(items: ItemStore, id: number, nowMs: number): Instance {
  const clock = { nowMs };
  const parts = { items, clock: { now: () => clock.nowMs }, holder: `instance ${id}`, random: Math.random };
  return { id, clock, source: makeLeasedVersionSource(parts) };
}

/** What the instance gives to batches accepted at once; none where it finds no number. */
async function issueTo({ id, source }: Instance, batches: readonly number[]): Promise<IssuedPlaces[]> {
  const versions = await Promise.allSettled(batches.map(async (records) => source.issue(records)));
  return versions.flatMap((version, i) => {
    if (version.status === 'fulfilled') return [placesOf(version.value, batches[i]!, id)];
    expect(String(version.reason)).toContain('no version instance is free');
    return [];
  });
}

async function holdOthers(items: ItemStore): Promise<void> {
  const value = { holder: 'nobody', untilMs: Number.MAX_SAFE_INTEGER };
  const others = Array.from({ length: instancesMax - numbers }, (_, i) => versionInstanceKey(numbers + i));
  await items.write(others.map((key) => ({ put: { ...key, revision: 1, value } })));
}

/** How often a number went from one instance to another. */
function takeovers(issued: readonly IssuedPlaces[]): number {
  const ofNumbers = [...Map.groupBy(issued, ({ first }) => first.slice(9, 11)).values()];
  return ofNumbers.reduce((sum, places) => sum + new Set(places.map(({ source }) => source)).size - 1, 0);
}

describe('leased versions of instances side by side', () => {
  it('share no place and rise in each instance, with clocks that jump and numbers taken over', async () => {
    let takenOver = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const { stores, clock, close } = openTestStores();
        await holdOthers(stores.items);
        let started = 0;
        const start = (nowMs: number) => startInstance(stores.items, started++, nowMs);
        const instances = Array.from({ length: running }, () => start(clock.now()));
        const issued: IssuedPlaces[] = [];
        for (const { instance, isReplaced, moveMs, batches } of history) {
          const nowMs = instances[instance]!.clock.nowMs + moveMs;
          if (isReplaced) instances[instance] = start(nowMs);
          const at = instances[instance]!;
          at.clock.nowMs = nowMs;
          const before = issued.filter(({ source }) => source === at.id).map(({ last }) => last);
          const given = await issueTo(at, batches);
          for (const { first } of given) expect(before.filter((last) => last >= first)).toEqual([]);
          issued.push(...given);
          expect(sharedPlace(issued)).toBeUndefined();
        }
        takenOver += takeovers(issued);
        await close();
      }),
      { numRuns: 60 },
    );
    expect(takenOver).toBeGreaterThan(0);
  });
});
