import type { DynamoDBClient, WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../ports/clock.ts';
import type { IdSource } from '../../ports/id-source.ts';
import type { ItemStore, ItemWrite } from '../../ports/item-store.ts';
import { assertTransaction, assertUnconditional, keyOfWrite, keyText } from '../../ports/item-writes.ts';
import { boundedParallel } from './bounded-parallel.ts';
import { writeBatches } from './dynamo-item-batches.ts';
import { transactionStep } from './dynamo-item-conditions.ts';
import { encodeValue, itemBytes, type StoredItem, storedItem, storedKey } from './dynamo-item-format.ts';
import { makeItemReads } from './dynamo-item-reads.ts';
import { runTransaction } from './dynamo-item-transactions.ts';
import { makeJitteredPause, type RetryPause } from './jittered-pause.ts';
import { makeOverflowValues, type OverflowObjects, type OverflowValues } from './overflow-values.ts';

/** Bytes of an item whose value stays in it: DynamoDB takes 409,600, and counts a little more than we do. */
const itemBytesMax = 400_000;
/** Bytes of the items of one transaction: DynamoDB takes 4 MB (4,194,304). */
const transactionBytesMax = 4_000_000;
/** Objects put at a time. */
const objectsAtOnceMax = 8;

export interface DynamoItemParts {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Takes the values that are too large for an item; see `overflow-values.ts`. */
  readonly overflow: OverflowObjects;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Between tries; tests need not wait. */
  readonly pause?: RetryPause;
}

/** A put with what is stored for it, its value into JSON already: the caller may change the object afterwards. */
interface Prepared {
  readonly write: ItemWrite;
  readonly encoded: ReturnType<typeof encodeValue> | undefined;
  readonly bytes: number;
}

interface Placed {
  readonly write: ItemWrite;
  readonly stored: StoredItem | undefined;
  readonly objectKey: string | undefined;
}

/**
 * Items in one DynamoDB table; `dynamo-item-format.ts` has the layout. A conditional write is a transaction even when it
 * is alone. It costs twice the write units of a conditional PutItem, but a PutItem that is sent again after its answer
 * was lost fails on its own condition, and nobody can tell that from another's write. The item store's writes with every
 * POST (receipt and marker) go two by two in any case.
 */
export function makeDynamoItemStore(parts: DynamoItemParts): ItemStore {
  const { client, table, clock, ids, pause = makeJitteredPause({ baseMs: 25, maxMs: 1_000 }) } = parts;
  const overflow = makeOverflowValues(parts.overflow, ids);

  async function writeDistinct(writes: readonly Prepared[]): Promise<void> {
    const replaced = overflow.replacedBy(writes.map(({ write }) => write));
    const placed = await placeValues(overflow, writes, Number.POSITIVE_INFINITY);
    await writeBatches({ client, table, pause }, placed.map(requestFor));
    await finish(overflow, placed, replaced);
  }

  return {
    ...makeItemReads({ client, table, overflow, clock, pause }),
    async transact(writes) {
      assertTransaction(writes);
      const prepared = writes.map(prepare);
      if (writes.length === 0) return undefined;
      const [only] = prepared;
      if (prepared.length === 1 && only!.write.if === undefined) {
        await writeDistinct(prepared);
        return undefined;
      }
      const now = clock.now() / 1_000;
      const replaced = overflow.replacedBy(writes);
      const placed = await placeValues(overflow, prepared, transactionBytesMax);
      const steps = placed.map(({ write, stored }) => transactionStep(table, write, now, stored));
      const failed = await runTransaction({ client, pause }, ids.next(), steps);
      if (failed === undefined) await finish(overflow, placed, replaced);
      else await overflow.remove(placed.flatMap(({ objectKey }) => objectKey ?? []));
      return failed;
    },
    async write(writes) {
      assertUnconditional(writes);
      // A later write of a key stands for the earlier ones: one request may name a key once.
      const last = new Map(writes.map((write) => [keyText(keyOfWrite(write)), write]));
      await writeDistinct([...last.values()].map(prepare));
    },
  };
}

function prepare(write: ItemWrite): Prepared {
  const encoded = 'put' in write ? encodeValue(write.put.value) : undefined;
  return { write, encoded, bytes: itemBytes(keyOfWrite(write), encoded?.bytes ?? 0) };
}

/** Puts aside the values that are too large, and the largest until all items together have at most `bytesMax`. */
async function placeValues(overflow: OverflowValues, writes: readonly Prepared[], bytesMax: number): Promise<Placed[]> {
  const aside = new Set(writes.filter(({ bytes }) => bytes > itemBytesMax));
  let bytes = writes.reduce((sum, write) => sum + (aside.has(write) ? 0 : write.bytes), 0);
  for (const write of writes.toSorted((a, b) => b.bytes - a.bytes)) {
    if (bytes <= bytesMax) break;
    if (aside.has(write)) continue;
    aside.add(write);
    bytes -= write.bytes;
  }
  return boundedParallel(objectsAtOnceMax, writes, async (prepared) => {
    const { write, encoded } = prepared;
    if (!('put' in write)) return { write, stored: undefined, objectKey: undefined };
    if (!aside.has(prepared)) {
      return { write, stored: storedItem(write.put, { v: encoded!.attribute }), objectKey: undefined };
    }
    const objectKey = await overflow.putAside(write.put, encoded!);
    return { write, stored: storedItem(write.put, { o: { S: objectKey } }), objectKey };
  });
}

function requestFor({ write, stored }: Placed): WriteRequest {
  return stored ? { PutRequest: { Item: stored } } : { DeleteRequest: { Key: storedKey(keyOfWrite(write)) } };
}

/** After the items were written: their own objects are remembered, those that they replaced removed. */
async function finish(overflow: OverflowValues, placed: readonly Placed[], replaced: readonly string[]): Promise<void> {
  for (const { write, objectKey } of placed) if (!('check' in write)) overflow.remember(keyOfWrite(write), objectKey);
  await overflow.remove(replaced);
}
