import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../ports/clock.ts';
import type { Item, ItemKey, ItemStore } from '../../ports/item-store.ts';
import { keyText } from '../../ports/item-writes.ts';
import { boundedParallel, chunksOf } from './bounded-parallel.ts';
import {
  canBeStored,
  decodeValue,
  isAlive,
  itemOf,
  keyOfStored,
  type StoredItem,
  storedKey,
} from './dynamo-item-format.ts';
import { keyCondition, rangeOf } from './dynamo-item-range.ts';
import type { RetryPause } from './jittered-pause.ts';
import type { OverflowValues } from './overflow-values.ts';

/** Keys of one BatchGetItem (DynamoDB's limit). */
const keysPerRequestMax = 100;
/** Requests of one call at a time. */
const requestsAtOnceMax = 8;
/** Requests in a row that may give nothing before a read gives up. One that gives something is progress. */
const emptyAnswersMax = 8;
/** Reads of an item whose object is gone, which may mean that the item was replaced in between. */
const rereadsMax = 3;

export interface ReadParts {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly overflow: OverflowValues;
  readonly clock: Clock;
  readonly pause: RetryPause;
}

/** The reading half of the item store. All reads are strongly consistent: they see every write that has ended. */
export function makeItemReads(parts: ReadParts): Pick<ItemStore, 'get' | 'query'> {
  return {
    async get(keys) {
      const found = await readItems(parts, keys);
      return keys.map((key) => found.get(keyText(key)));
    },
    async query(partition, options = {}) {
      const { after, limit = Number.POSITIVE_INFINITY, newestFirst = false } = options;
      const range = rangeOf(options);
      if (!range || limit <= 0) return [];
      const found: Item[] = [];
      let from: StoredItem | undefined;
      do {
        const page = await parts.client.send(
          new QueryCommand({
            TableName: parts.table,
            ConsistentRead: true,
            ScanIndexForward: !newestFirst,
            ...keyCondition(partition, range),
            // One more than is missing, because `after` itself may be among them.
            ...(limit < Number.POSITIVE_INFINITY && { Limit: limit - found.length + 1 }),
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
        const asked = (page.Items ?? []).filter((stored) => keyOfStored(stored).sort !== after);
        found.push(...(await itemsOf(parts, asked)));
        from = page.LastEvaluatedKey;
      } while (from && found.length < limit);
      return found.slice(0, limit);
    },
  };
}

async function readItems(parts: ReadParts, keys: readonly ItemKey[]): Promise<Map<string, Item>> {
  const distinct = new Map(keys.filter(canBeStored).map((key) => [keyText(key), storedKey(key)]));
  const chunks = chunksOf(keysPerRequestMax, [...distinct.values()]);
  const stored = await boundedParallel(requestsAtOnceMax, chunks, (chunk) => readChunk(parts, chunk));
  const items = await itemsOf(parts, stored.flat());
  return new Map(items.map((item) => [keyText(item), item]));
}

/** Keys come back unprocessed when an answer would pass 16 MB, or when the table is throttled. */
async function readChunk({ client, table, pause }: ReadParts, keys: readonly StoredItem[]): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  let missing = [...keys];
  for (let empty = 0; missing.length > 0; ) {
    const answer = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { ConsistentRead: true, Keys: missing } } }),
    );
    found.push(...(answer.Responses?.[table] ?? []));
    const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    empty = left.length < missing.length ? 0 : empty + 1;
    if (empty === emptyAnswersMax) {
      throw new Error(`DynamoDB left ${left.length} of ${keys.length} keys unread in ${empty} requests in a row`);
    }
    missing = left;
    if (empty > 0) await pause(empty);
  }
  return found;
}

/** Items that are not expired, in the order given. */
async function itemsOf(parts: ReadParts, stored: readonly StoredItem[]): Promise<Item[]> {
  const now = parts.clock.now() / 1_000;
  const alive = stored.filter((item) => isAlive(item, now));
  const items = await boundedParallel(requestsAtOnceMax, alive, (item) => itemWithValue(parts, item, rereadsMax));
  return items.filter((item) => item !== undefined);
}

/**
 * An item with its value, wherever that is. An object that is gone belongs to an item that was replaced since it was
 * read, or to one whose end the bucket's rule came before.
 */
async function itemWithValue(parts: ReadParts, stored: StoredItem, rereads: number): Promise<Item | undefined> {
  const objectKey = stored['o']?.S;
  if (objectKey === undefined) return itemOf(stored, decodeValue(stored));
  const value = await parts.overflow.fetch(keyOfStored(stored), objectKey);
  if (value !== undefined) return itemOf(stored, value);
  const [current] = await readChunk(parts, [storedKey(keyOfStored(stored))]);
  if (!current || !isAlive(current, parts.clock.now() / 1_000)) return undefined;
  if (rereads > 0 && current['o']?.S !== objectKey) return itemWithValue(parts, current, rereads - 1);
  if (current['e'] !== undefined) return undefined;
  throw new Error(`the value of an item is not in the object store: ${objectKey}`);
}
