import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { RowItem } from './dynamo-row-cells.ts';
import { kindOfError } from './dynamo-row-errors.ts';
import type { RetryPause } from './jittered-pause.ts';

/** Keys of one BatchGetItem (DynamoDB's limit). */
export const keysPerReadMax = 100;
/** Requests in a row that may give nothing (throttled, or all unprocessed) before a read gives up. */
const emptyAnswersMax = 8;

export interface RowReadParts {
  readonly dynamo: DynamoDBClient;
  readonly pause: RetryPause;
}

/**
 * The items of distinct keys, at most `keysPerReadMax`, in no order; strongly consistent. Keys that come back
 * unprocessed, because the answer would pass 16 MB or the table is throttled, are asked for again after a pause.
 * @throws the SDK's error when it is final, or when `emptyAnswersMax` requests in a row gave nothing
 */
export async function readItems(
  { dynamo, pause }: RowReadParts,
  tableName: string,
  keys: readonly AttributeValue[],
): Promise<RowItem[]> {
  const found: RowItem[] = [];
  let missing = keys.map((key): RowItem => ({ _id: key }));
  for (let empty = 0; missing.length > 0; ) {
    const answer = await answerOf(() =>
      dynamo.send(new BatchGetItemCommand({ RequestItems: { [tableName]: { ConsistentRead: true, Keys: missing } } })),
    );
    if (!('error' in answer)) found.push(...(answer.Responses?.[tableName] ?? []));
    const left = 'error' in answer ? missing : (answer.UnprocessedKeys?.[tableName]?.Keys ?? []);
    empty = left.length < missing.length ? 0 : empty + 1;
    if (empty === emptyAnswersMax) throw gaveUp(`left ${left.length} of ${keys.length} keys unread`, answer);
    missing = left;
    if (missing.length > 0) await pause(Math.max(1, empty));
  }
  return found;
}

/** All items of a table, page by page (DynamoDB's 1 MB); strongly consistent, each item as it is when its page is read. */
export async function* scanItems(
  { dynamo, pause }: RowReadParts,
  tableName: string,
): AsyncGenerator<RowItem[], void, undefined> {
  let after: RowItem | undefined;
  let empty = 0;
  do {
    const start = after && { ExclusiveStartKey: after };
    const answer = await answerOf(() =>
      dynamo.send(new ScanCommand({ TableName: tableName, ConsistentRead: true, ...start })),
    );
    if ('error' in answer) {
      empty += 1;
      if (empty === emptyAnswersMax) throw gaveUp('gave no page of a scan', answer);
      await pause(empty);
    } else {
      empty = 0;
      yield answer.Items ?? [];
      after = answer.LastEvaluatedKey;
    }
  } while (after !== undefined || empty > 0);
}

/** The answer, or the error of a throttled call. One that got no answer took the SDK seconds, and is not repeated. */
async function answerOf<T extends object>(call: () => Promise<T>): Promise<T | { readonly error: unknown }> {
  try {
    return await call();
  } catch (error) {
    if (kindOfError(error) === 'throttled') return { error };
    throw error;
  }
}

function gaveUp(what: string, answer: object): Error {
  const cause = 'error' in answer ? { cause: answer.error } : {};
  return new Error(`DynamoDB ${what}, ${emptyAnswersMax} requests in a row`, cause);
}
