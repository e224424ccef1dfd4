import { RevisionConflict } from '../../ports/catalog/resources.ts';
import type { Item, ItemKey, ItemStore } from '../../ports/item-store.ts';

interface Entity {
  readonly revision: number;
}

/** The item of an entity that is saved over its revisions. */
export function entityItem(key: ItemKey, entity: Entity): Item {
  return { ...key, revision: entity.revision, value: entity };
}

/**
 * Saves over the revision that was read.
 * @returns what is now stored: the entity at the next revision
 * @throws RevisionConflict when another revision is stored, or none
 */
export async function saveEntity<T extends Entity>(items: ItemStore, key: ItemKey, entity: T): Promise<T> {
  const next = { ...entity, revision: entity.revision + 1 };
  const failed = await items.transact([{ put: entityItem(key, next), if: entity.revision }]);
  if (failed !== undefined) throw new RevisionConflict(`${key.sort} is no longer at revision ${entity.revision}`);
  return next;
}

/** The value of one item; the catalog alone writes items, so a key tells the type. */
export async function findValue<T>(items: ItemStore, key: ItemKey): Promise<T | undefined> {
  const [item] = await items.get([key]);
  return item?.value as T | undefined;
}

/** The values of the keys that are there, in the order of the keys. */
export async function findValues<T>(items: ItemStore, keys: readonly ItemKey[]): Promise<T[]> {
  const found = await items.get(keys);
  return found.flatMap((item) => (item ? [item.value as T] : []));
}

/** All values of a partition below a prefix, in sort order. */
export async function listValues<T>(items: ItemStore, partition: string, prefix?: string): Promise<T[]> {
  const found = await items.query(partition, prefix === undefined ? {} : { prefix });
  return found.map((item) => item.value as T);
}
