import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item, ItemKey } from '../../ports/item-store.ts';

/**
 * How an item lies in the table. Names are one letter, because they count for the size that every write pays.
 *
 *   p  S       partition key: `Item.partition`
 *   s  S       sort key: `Item.sort`
 *   r  N       `Item.revision`
 *   v  S or B  `Item.value` as JSON text; the same text deflated (raw, RFC 1951) where that pays
 *   o  S       instead of `v`: key of the object that holds the deflated text of a value too large for an item
 *   e  N       `Item.expiresAtSeconds`; the table's TTL attribute
 *
 * Which partitions and sort keys there are is the catalog's design: `adapters/catalog/catalog-keys.ts`.
 */
export type StoredItem = Record<string, AttributeValue>;

/** Bytes of JSON up to which a value stays readable text: with its keys it is about one write unit (1 KB) anyway. */
const textBytesMax = 1_000;
/** Bytes of keys that DynamoDB allows; a longer key names no item. */
const partitionBytesMax = 2_048;
const sortBytesMax = 1_024;
/** Bytes of an item's attribute names, revision and expiry, at most. */
const fixedBytesMax = 64;

/** A value as an item or an object holds it. */
export interface EncodedValue {
  readonly attribute: AttributeValue;
  /** Deflated, whatever the attribute is. */
  readonly deflated: () => Uint8Array;
  readonly bytes: number;
}

/** @throws TypeError for what JSON has no text for (undefined, functions) */
export function encodeValue(value: unknown): EncodedValue {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError('the value of an item is JSON');
  const textBytes = Buffer.byteLength(text);
  if (textBytes <= textBytesMax) {
    return { attribute: { S: text }, deflated: () => deflateRawSync(text), bytes: textBytes };
  }
  const deflated = deflateRawSync(text);
  return deflated.byteLength < textBytes
    ? { attribute: { B: deflated }, deflated: () => deflated, bytes: deflated.byteLength }
    : { attribute: { S: text }, deflated: () => deflated, bytes: textBytes };
}

/** The inverse of `deflated`. */
export function decodeDeflated(deflated: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(deflated).toString());
}

/** The value that the item itself holds. */
export function decodeValue(stored: StoredItem): unknown {
  const { S, B } = stored['v']!;
  return B ? decodeDeflated(B) : JSON.parse(S!);
}

/** Bytes of an item whose value takes `valueBytes`. */
export function itemBytes({ partition, sort }: ItemKey, valueBytes: number): number {
  return Buffer.byteLength(partition) + Buffer.byteLength(sort) + valueBytes + fixedBytesMax;
}

export function storedKey({ partition, sort }: ItemKey): StoredItem {
  return { p: { S: partition }, s: { S: sort } };
}

/** @param value what stands for the value: `v`, or `o` */
export function storedItem(item: Item, value: StoredItem): StoredItem {
  return {
    ...storedKey(item),
    r: { N: String(item.revision) },
    ...value,
    ...(item.expiresAtSeconds !== undefined && { e: { N: String(item.expiresAtSeconds) } }),
  };
}

export function keyOfStored(stored: StoredItem): ItemKey {
  return { partition: stored['p']!.S!, sort: stored['s']!.S! };
}

export function itemOf(stored: StoredItem, value: unknown): Item {
  const item = { ...keyOfStored(stored), revision: Number(stored['r']!.N), value };
  const expires = stored['e']?.N;
  return expires === undefined ? item : { ...item, expiresAtSeconds: Number(expires) };
}

/** Expired items stand in the table for days until TTL removes them. */
export function isAlive(stored: StoredItem, nowSeconds: number): boolean {
  const expires = stored['e']?.N;
  return expires === undefined || Number(expires) >= nowSeconds;
}

/** Whether DynamoDB has room for such a key. Texts from requests become keys, and a key too long was never stored. */
export function canBeStored({ partition, sort }: ItemKey): boolean {
  const fits = (text: string, bytesMax: number) => text !== '' && Buffer.byteLength(text) <= bytesMax;
  return fits(partition, partitionBytesMax) && fits(sort, sortBytesMax);
}
