import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { versionInstanceKey } from '../../lambdas/adapters/catalog/catalog-keys.ts';
import { makeLeasedVersionSource } from '../../lambdas/adapters/catalog/leased-version-source.ts';
import { instancesMax, versionMs } from '../../lambdas/domain/version.ts';
import type { ItemStore } from '../../lambdas/ports/item-store.ts';
import { openTestStores, type TestStores } from '../conformance/open-test-stores.ts';

const minuteMs = 60_000;
let opened: TestStores;
beforeEach(() => {
  opened = openTestStores();
});
afterEach(() => opened.close());

/** A source, and how often its store was asked. */
function openSource(overrides: Partial<ItemStore> = {}, random = Math.random) {
  const calls = { query: 0, transact: 0 };
  const { items } = opened.stores;
  const counted: ItemStore = {
    ...items,
    query: (...asked) => {
      calls.query += 1;
      return items.query(...asked);
    },
    transact: (writes) => {
      calls.transact += 1;
      return items.transact(writes);
    },
    ...overrides,
  };
  const source = makeLeasedVersionSource({ items: counted, clock: opened.clock, holder: 'a test', random });
  return { source, calls };
}

const instanceOf = (version: string) => version.slice(9, 11);

describe('a leased version source', () => {
  it('asks its store once for minutes, and gives versions at once in between', async () => {
    const { source, calls } = openSource();
    const first = source.issue(1);
    expect(first).toBeInstanceOf(Promise);
    await first;
    for (let i = 0; i < 4; i += 1) {
      opened.clock.advance(minuteMs);
      expect(typeof source.issue(1_000)).toBe('string');
    }
    expect(calls).toEqual({ query: 1, transact: 1 });
    opened.clock.advance(2 * minuteMs);
    const later = await source.issue(1);
    expect(versionMs(later)).toBe(opened.clock.now());
    expect(instanceOf(later)).toBe(instanceOf(await first));
    expect(calls).toEqual({ query: 1, transact: 2 });
  });

  it('renews once for all who ask at the same time', async () => {
    const { source, calls } = openSource();
    const versions = await Promise.all(Array.from({ length: 50 }, async () => source.issue(3)));
    expect(new Set(versions).size).toBe(50);
    expect(calls).toEqual({ query: 1, transact: 1 });
  });

  it('chooses a number at random among those nobody holds', async () => {
    const first = openSource({}, () => 0);
    const second = openSource({}, () => 0);
    const last = openSource({}, () => 0.999_999);
    const versions = [await first.source.issue(1), await second.source.issue(1), await last.source.issue(1)];
    expect(versions.map(instanceOf)).toEqual(['00', '01', 'zz']);
  });

  it('begins where the holder before may have ended, though the clock says less', async () => {
    await openSource({}, () => 0).source.issue(1);
    opened.clock.advance(5 * minuteMs + 1);
    expect(instanceOf(await openSource({}, () => 0).source.issue(1))).toBe('01');
    opened.clock.advance(minuteMs);
    expect(instanceOf(await openSource({}, () => 0).source.issue(1))).toBe('00');

    const key = versionInstanceKey(700);
    const untilMs = opened.clock.now() - 2 * minuteMs;
    await opened.stores.items.write([{ put: { ...key, revision: 4, value: { holder: 'dead', untilMs } } }]);
    let asked = 0;
    // The clock jumps back between the query that finds the number free and the first version.
    const jumping = openSource(
      {
        async query(...parameters) {
          const found = await opened.stores.items.query(...parameters);
          asked += 1;
          return found;
        },
        async transact(writes) {
          opened.clock.advance(-60 * minuteMs);
          return opened.stores.items.transact(writes);
        },
      },
      () => 698.5 / (instancesMax - 2),
    );
    const version = await jumping.source.issue(1);
    expect(asked).toBe(1);
    expect(instanceOf(version)).toBe('nw');
    expect(versionMs(version)).toBe(untilMs);
  });

  it('takes another number when its own was taken over, and stays above what it gave', async () => {
    const { source } = openSource({}, () => 0);
    const last = await source.issue(1);
    const [item] = await opened.stores.items.get([versionInstanceKey(0)]);
    await opened.stores.items.write([{ put: { ...item!, revision: item!.revision + 1 } }]);
    opened.clock.advance(5 * minuteMs);
    const next = await source.issue(1);
    expect(instanceOf(next)).toBe('01');
    expect(next > last).toBe(true);
  });

  it('stays above what it gave also under a lower number at the same millisecond', async () => {
    const other = openSource({}, () => 0);
    await other.source.issue(1);
    const { source } = openSource({}, () => 0);
    await source.issue(1);
    opened.clock.advance(5 * minuteMs - 1);
    const last = await source.issue(10);
    expect(instanceOf(last)).toBe('01');
    const [free, own] = [versionInstanceKey(0), versionInstanceKey(1)];
    await opened.stores.items.write([
      { delete: free },
      { put: { ...own, revision: 9, value: { holder: 'another', untilMs: Number.MAX_SAFE_INTEGER } } },
    ]);
    // So many places that they do not end within the lease.
    const next = await source.issue(70_000);
    expect(instanceOf(next)).toBe('00');
    expect(next > last).toBe(true);
  });

  it('says so when all numbers are held, and goes on once one is free', async () => {
    const untilMs = opened.clock.now() + minuteMs;
    const all = Array.from({ length: instancesMax }, (_, i) => versionInstanceKey(i));
    await opened.stores.items.write(
      all.map((key) => ({ put: { ...key, revision: 1, value: { holder: 'x', untilMs } } })),
    );
    const { source } = openSource();
    await expect(source.issue(1)).rejects.toThrow('no version instance is free: all 1024 are held');
    opened.clock.advance(2 * minuteMs + 1);
    expect(versionMs(await source.issue(1))).toBe(opened.clock.now());
  });

  it('gives no version while its store fails, and goes on when it is back', async () => {
    let isDown = true;
    const { source } = openSource({
      async transact(writes) {
        if (isDown) throw new Error('the store is down');
        return opened.stores.items.transact(writes);
      },
    });
    const asked = [source.issue(1), source.issue(1)];
    for (const version of asked) await expect(version).rejects.toThrow('the store is down');
    isDown = false;
    expect(versionMs(await source.issue(1))).toBe(opened.clock.now());
  });
});
