import type { Clock } from '../../lambdas/ports/clock.ts';
import type { ObjectStore } from '../../lambdas/ports/object-store.ts';

/** Objects in memory, of the age that a test's clock says. */
export function makeMemoryObjects(clock: Clock): ObjectStore & { readonly keys: () => readonly string[] } {
  const objects = new Map<string, { readonly body: Uint8Array; readonly modifiedAtMs: number }>();
  return {
    keys: () => [...objects.keys()].sort(),
    async putIfAbsent(key, body) {
      if (objects.has(key)) return false;
      objects.set(key, { body, modifiedAtMs: clock.now() });
      return true;
    },
    get: async (key) => objects.get(key)?.body,
    async *list(prefix) {
      for (const [key, { body, modifiedAtMs }] of [...objects].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (key.startsWith(prefix)) yield { key, bytes: body.byteLength, modifiedAtMs };
      }
    },
    async delete(keys) {
      for (const key of keys) objects.delete(key);
    },
  };
}
