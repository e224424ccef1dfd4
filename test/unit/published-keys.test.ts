import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makePublishedKeys } from '../../lambdas/adapters/catalog/published-keys.ts';
import { openTestStores, type TestStores } from '../conformance/open-test-stores.ts';

let opened: TestStores;
beforeEach(() => {
  opened = openTestStores();
});
afterEach(() => opened.close());

const key = (kid: string) => ({ kid, publicJwk: { kty: 'RSA', kid } });

/** Published keys, how often their store was asked, and a store that can fail. */
function openKeys() {
  const state = { reads: 0, isDown: false };
  const { items } = opened.stores;
  const keys = makePublishedKeys(
    {
      ...items,
      async query(...asked) {
        state.reads += 1;
        if (state.isDown) throw new Error('the store is down');
        return items.query(...asked);
      },
    },
    opened.clock,
  );
  return { keys, state };
}

describe('published keys', () => {
  it('are seen by every instance, once published, however often', async () => {
    const [publishing, checking] = [openKeys(), openKeys()];
    expect(await checking.keys.publicKeys()).toEqual([]);
    await publishing.keys.publish([key('a')]);
    await publishing.keys.publish([key('a')]);
    expect(await checking.keys.publicKeys()).toEqual([key('a')]);
    await publishing.keys.publish([key('b')]);
    expect(await publishing.keys.publicKeys()).toEqual([key('a'), key('b')]);
  });

  it('are read once in minutes, by one of all who ask at once', async () => {
    const { keys, state } = openKeys();
    await keys.publish([key('a')]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => keys.publicKeys()));
    expect(new Set(answers).size).toBe(1);
    opened.clock.advance(4 * 60_000);
    await keys.publicKeys();
    expect(state.reads).toBe(1);
    await openKeys().keys.publish([key('b')]);
    opened.clock.advance(60_000);
    expect(await keys.publicKeys()).toEqual([key('a'), key('b')]);
    opened.clock.advance(-3_600_000);
    await keys.publicKeys();
    expect(state.reads).toBe(3);
  });

  it('are asked for again when there were none, or the store failed', async () => {
    const { keys, state } = openKeys();
    expect(await keys.publicKeys()).toEqual([]);
    state.isDown = true;
    await expect(keys.publicKeys()).rejects.toThrow('the store is down');
    state.isDown = false;
    await openKeys().keys.publish([key('a')]);
    expect(await keys.publicKeys()).toEqual([key('a')]);
    expect(state.reads).toBe(3);
  });
});
