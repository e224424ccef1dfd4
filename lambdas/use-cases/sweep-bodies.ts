import { bodyFolders, keptBodyDays } from '../domain/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';

/** Objects deleted by one call. */
const deletedAtOnce = 500;
const dayMs = 86_400_000;

/** Deletes bodies that have been kept long enough, where no lifecycle rule of the store does it. @returns how many */
export async function sweepBodies({
  objects,
  clock,
}: {
  readonly objects: Pick<ObjectStore, 'list' | 'delete'>;
  readonly clock: Clock;
}): Promise<number> {
  const oldestMs = clock.now() - keptBodyDays * dayMs;
  let deleted = 0;
  let old: string[] = [];
  const flush = async () => {
    await objects.delete(old);
    deleted += old.length;
    old = [];
  };
  for (const folder of bodyFolders) {
    for await (const { key, modifiedAtMs } of objects.list(`${folder}/`)) {
      if (modifiedAtMs < oldestMs) old.push(key);
      if (old.length === deletedAtOnce) await flush();
    }
  }
  await flush();
  return deleted;
}
