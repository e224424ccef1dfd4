import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  TransactionConflictException,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { boundedParallel, chunksOf } from './bounded-parallel.ts';
import type { RetryPause } from './jittered-pause.ts';

/** Writes of one BatchWriteItem (DynamoDB's limit). */
const writesPerRequestMax = 25;
/** Requests of one call at a time. */
const requestsAtOnceMax = 8;
/** Requests in a row that may do nothing before a write gives up. One that does something is progress. */
const emptyAnswersMax = 8;

export interface BatchParts {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly pause: RetryPause;
}

/** Does puts and deletes of distinct keys, in no order; on an error some are done and some are not. */
export async function writeBatches(parts: BatchParts, requests: readonly WriteRequest[]): Promise<void> {
  await boundedParallel(requestsAtOnceMax, chunksOf(writesPerRequestMax, requests), (chunk) =>
    writeChunk(parts, chunk),
  );
}

async function writeChunk(parts: BatchParts, requests: readonly WriteRequest[]): Promise<void> {
  let undone = [...requests];
  for (let empty = 0; undone.length > 0; ) {
    const left = await writeSome(parts, undone);
    empty = left.length < undone.length ? 0 : empty + 1;
    if (empty === emptyAnswersMax) {
      throw new Error(`DynamoDB left ${left.length} of ${requests.length} writes undone in ${empty} requests in a row`);
    }
    undone = left;
    if (undone.length > 0) await parts.pause(Math.max(1, empty));
  }
}

/** @returns what is not done: the table is throttled, or a transaction is at one of the items */
async function writeSome({ client, table }: BatchParts, requests: WriteRequest[]): Promise<WriteRequest[]> {
  try {
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    return answer.UnprocessedItems?.[table] ?? [];
  } catch (error) {
    if (error instanceof TransactionConflictException) return requests;
    throw error;
  }
}
