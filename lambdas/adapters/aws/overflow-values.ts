import type { IdSource } from '../../ports/id-source.ts';
import type { Item, ItemKey, ItemWrite } from '../../ports/item-store.ts';
import { keyOfWrite, keyText } from '../../ports/item-writes.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { decodeDeflated, type EncodedValue } from './dynamo-item-format.ts';

export type OverflowObjects = Pick<ObjectStore, 'putIfAbsent' | 'get' | 'delete'>;

/** Objects of items that expire; a lifecycle rule of the bucket removes them after `expiringValueDays`. */
const expiringFolder = 'expiring-values/';
/** Objects of all other items; removed when the item is replaced or deleted. */
const lastingFolder = 'values/';
/** Items whose object is remembered, so that it can be removed later. Hardly any item has one. */
const rememberedMax = 1_000;

/**
 * Values too large for an item, each in an object of its own, put before the item that names it. An object is never
 * shared and never changed. A crash between object and item leaves an object that no item names: one of an expiring
 * item goes with its lifecycle rule, another stays and does no harm.
 *
 * A replaced object is removed if this process read or wrote the item before: it need not be read again to find out,
 * and nearly every item is read before it is replaced. What no process remembers stays as well.
 */
export interface OverflowValues {
  /** Stores an item's value. @returns the object's key */
  putAside(item: Item, value: EncodedValue): Promise<string>;
  /** undefined: the object is gone. */
  fetch(item: ItemKey, objectKey: string): Promise<unknown>;
  /**
   * Objects that stood for the items of `writes`. Asked before the writes are sent, these are free once they are done:
   * whatever came in between, an item that was written over names none of them.
   */
  replacedBy(writes: readonly ItemWrite[]): string[];
  /** Remembers what now stands for an item; undefined: no object. */
  remember(item: ItemKey, objectKey: string | undefined): void;
  /** Removes objects that no item names; if that fails, they stay. */
  remove(objectKeys: readonly string[]): Promise<void>;
}

export function makeOverflowValues(objects: OverflowObjects, ids: IdSource): OverflowValues {
  const remembered = new Map<string, string>();

  function remember(item: ItemKey, objectKey: string | undefined): void {
    const key = keyText(item);
    remembered.delete(key);
    if (!objectKey?.startsWith(lastingFolder)) return;
    remembered.set(key, objectKey);
    if (remembered.size > rememberedMax) remembered.delete(remembered.keys().next().value!);
  }

  return {
    async putAside(item, value) {
      const folder = item.expiresAtSeconds === undefined ? lastingFolder : expiringFolder;
      const objectKey = folder + ids.next();
      const stored = await objects.putIfAbsent(objectKey, value.deflated());
      if (!stored) throw new Error(`the object ${objectKey} is there already`);
      return objectKey;
    },
    async fetch(item, objectKey) {
      const body = await objects.get(objectKey);
      if (!body) return undefined;
      remember(item, objectKey);
      return decodeDeflated(body);
    },
    replacedBy: (writes) =>
      writes.flatMap((write) => ('check' in write ? [] : (remembered.get(keyText(keyOfWrite(write))) ?? []))),
    remember,
    async remove(objectKeys) {
      if (objectKeys.length === 0) return;
      await objects.delete(objectKeys).catch(() => undefined);
    },
  };
}
