import type { SqliteItemStore } from '../adapters/embedded/sqlite-item-store.ts';
import { logFailure } from '../http/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { sweepBodies } from '../use-cases/sweep-bodies.ts';

/** Expired items are unseen at once, and removed this often, so many at a time. DynamoDB's TTL does it on AWS. */
const itemsEveryMs = 60_000;
const expiredPerSweepMax = 10_000;
/** Bodies are kept for weeks; finding the old ones lists them all. A lifecycle rule of the bucket does it on AWS. */
const bodiesEveryMs = 6 * 3_600_000;

/** Removes what has been kept long enough, from now on. @returns ends it */
export function startSweeper(parts: {
  readonly items: Pick<SqliteItemStore, 'expireItems'>;
  readonly objects: ObjectStore;
  readonly clock: Clock;
}): () => void {
  const failed = logFailure('sweep');
  const sweepItems = () => parts.items.expireItems(Math.floor(parts.clock.now() / 1_000), expiredPerSweepMax);
  const timers = [
    setInterval(() => sweepItems().catch((cause: unknown) => failed('expired items', cause)), itemsEveryMs),
    setInterval(() => sweepBodies(parts).catch((cause: unknown) => failed('old bodies', cause)), bodiesEveryMs),
  ];
  void sweepBodies(parts).catch((cause: unknown) => failed('old bodies', cause));
  return () => timers.forEach(clearInterval);
}
