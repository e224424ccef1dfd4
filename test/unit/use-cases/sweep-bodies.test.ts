import { describe, expect, it } from '@jest/globals';
import { keptBodyDays } from '../../../lambdas/domain/limits.ts';
import { sweepBodies } from '../../../lambdas/use-cases/sweep-bodies.ts';
import { makeTestClock } from '../../conformance/open-test-stores.ts';
import { makeMemoryObjects } from '../../support/memory-objects.ts';

const dayMs = 86_400_000;

describe('bodies that have been kept long enough', () => {
  it('go, and nothing else does', async () => {
    const clock = makeTestClock();
    const objects = makeMemoryObjects(clock);
    const put = async (...keys: string[]) => {
      for (const key of keys) await objects.putIfAbsent(key, new Uint8Array(1));
    };
    const folders = ['archive', 'bodies', 'dead-letters', 'unreadable-messages'];
    await put(...folders.map((folder) => `${folder}/t/old`), 'values/t/old', 't/segments/b/old', 'expiring-values/old');
    clock.advance(keptBodyDays * dayMs);
    expect(await sweepBodies({ objects, clock })).toBe(0);
    clock.advance(1);
    await put(...folders.map((folder) => `${folder}/t/new`));
    expect(await sweepBodies({ objects, clock })).toBe(4);
    const kept = [
      ...folders.map((folder) => `${folder}/t/new`),
      'expiring-values/old',
      't/segments/b/old',
      'values/t/old',
    ];
    expect(objects.keys()).toEqual(kept.sort());
    expect(await sweepBodies({ objects, clock })).toBe(0);
  });

  it('go all, however many there are, in calls of a bounded size', async () => {
    const clock = makeTestClock();
    const objects = makeMemoryObjects(clock);
    for (let i = 0; i < 1_203; i++) await objects.putIfAbsent(`archive/t/${i}`, new Uint8Array(1));
    clock.advance((keptBodyDays + 1) * dayMs);
    const calls: number[] = [];
    const watched = {
      ...objects,
      delete: async (keys: readonly string[]) => {
        calls.push(keys.length);
        await objects.delete(keys);
      },
    };
    expect(await sweepBodies({ objects: watched, clock })).toBe(1_203);
    expect(calls).toEqual([500, 500, 203]);
    expect(objects.keys()).toEqual([]);
  });
});
