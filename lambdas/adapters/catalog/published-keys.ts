import type { Clock } from '../../ports/clock.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import type { PublicKey, PublishedKeys } from '../../ports/signing-keys.ts';
import { publicKeyItemKey, publicKeysPartition } from './catalog-keys.ts';
import { listValues } from './saved-entity.ts';

/** Milliseconds that known keys are taken as all there are. Every request asks; keys come once in years. */
const knownKeysMs = 5 * 60_000;

/**
 * Public keys as items, one each. Keys that were read are kept for minutes, so a key that is added beside others is
 * published that much before it signs. That there are none yet is never kept: the first sign-in ends it.
 */
export function makePublishedKeys(items: ItemStore, clock: Clock): PublishedKeys {
  let known: { readonly keys: Promise<readonly PublicKey[]>; readonly atMs: number } | undefined;

  async function read(): Promise<readonly PublicKey[]> {
    try {
      const keys = await listValues<PublicKey>(items, publicKeysPartition);
      if (keys.length === 0) known = undefined;
      return keys;
    } catch (error) {
      known = undefined;
      throw error;
    }
  }

  return {
    async publish(keys) {
      const puts = keys.map(({ kid, publicJwk }) => ({
        put: { ...publicKeyItemKey(kid), revision: 0, value: { kid, publicJwk } },
      }));
      await items.write(puts);
      known = undefined;
    },
    publicKeys() {
      const ageMs = known ? clock.now() - known.atMs : Number.POSITIVE_INFINITY;
      if (known && ageMs >= 0 && ageMs < knownKeysMs) return known.keys;
      const keys = read();
      known = { keys, atMs: clock.now() };
      return keys;
    },
  };
}
