import type { ItemKey, ItemWrite } from './item-store.ts';

/** Writes of one transaction: DynamoDB's limit, kept in every place. */
const transactWritesMax = 100;

/** The key that a write is about. */
export function keyOfWrite(write: ItemWrite): ItemKey {
  if ('put' in write) return write.put;
  return 'delete' in write ? write.delete : write.check;
}

/** One text for each key, to find items by. */
export function keyText({ partition, sort }: ItemKey): string {
  return JSON.stringify([partition, sort]);
}

/** @throws RangeError for more writes than one transaction takes, and for two of one key */
export function assertTransaction(writes: readonly ItemWrite[]): void {
  if (writes.length > transactWritesMax) {
    throw new RangeError(`${writes.length} writes in one transaction; at most ${transactWritesMax} are possible`);
  }
  const keys = new Set(writes.map((write) => keyText(keyOfWrite(write))));
  if (keys.size < writes.length) throw new RangeError('a transaction writes each key once');
}

/** @throws TypeError for conditions in `ItemStore.write`, whose writes are not atomic together */
export function assertUnconditional(writes: readonly ItemWrite[]): void {
  if (writes.some((write) => write.if !== undefined)) throw new TypeError('conditions are for transact() alone');
}
