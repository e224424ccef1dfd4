import type { Attempts } from '../../domain/sign-in-attempts.ts';
import type { AttemptCounters, AttemptMove } from '../../ports/catalog/attempts.ts';
import type { ItemStore, ItemWrite } from '../../ports/item-store.ts';
import { signInsKey } from './catalog-keys.ts';

/**
 * One item for each counter, moved on condition of its revision. The first revision is a time, so that it is above all that
 * the counter had before it expired.
 */
export function makeAttemptCounters(items: ItemStore): AttemptCounters {
  return {
    async findAttempts(counters) {
      const found = await items.get(counters.map(signInsKey));
      return found.map((item) => item && { attempts: item.value as Attempts, revision: item.revision });
    },
    async moveAttempts(moves, nowMs) {
      return (await items.transact(moves.map((move) => writeOf(move, nowMs)))) === undefined;
    },
  };
}

function writeOf({ counter, over, attempts, endsAtMs }: AttemptMove, nowMs: number): ItemWrite {
  const revision = over ? over.revision + 1 : nowMs;
  const expiresAtSeconds = Math.ceil(endsAtMs / 1_000);
  return {
    put: { ...signInsKey(counter), revision, value: attempts, expiresAtSeconds },
    if: over?.revision ?? 'absent',
  };
}
