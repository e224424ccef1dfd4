import {
  type DynamoDBClient,
  TransactionCanceledException,
  TransactionInProgressException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { RetryPause } from './jittered-pause.ts';

/**
 * Tries of one transaction when others hold its items. With pauses that double from 25 ms to 1 s they spread over
 * seconds; a commit takes about 10 ms, so that even dozens of writers of one item get their turn.
 */
const triesMax = 12;
/** Reasons of a cancellation that say nothing of the conditions, and pass. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

export interface TransactionParts {
  readonly client: DynamoDBClient;
  readonly pause: RetryPause;
}

/**
 * Runs a transaction. Every try of it, the SDK's own included, bears the same token: DynamoDB answers a try that comes
 * after one which was done, but whose answer was lost, as that one was answered (for 10 minutes, far longer than all
 * tries take). So a condition is reported as failed only if nothing of the transaction was done.
 * @returns the place of the first write whose condition did not hold, or undefined when done
 * @throws when others held the items at every try, and for what the SDK gave up; after that it may have been done
 */
export async function runTransaction(
  { client, pause }: TransactionParts,
  token: string,
  steps: TransactWriteItem[],
): Promise<number | undefined> {
  for (let tries = 1; ; tries += 1) {
    const reasons = await reasonsAgainst(client, token, steps);
    if (reasons === undefined) return undefined;
    const first = reasons.findIndex((reason) => reason !== 'None');
    const reason = reasons[first] ?? 'no reason given';
    if (reason === 'ConditionalCheckFailed') return first;
    if (!passing.has(reason)) throw new Error(`DynamoDB cancelled a transaction at write ${first}: ${reason}`);
    if (tries === triesMax) throw new Error(`DynamoDB cancelled a transaction ${tries} times, at last for ${reason}`);
    await pause(tries);
  }
}

/** Why it was cancelled, a reason for each write; undefined when it was done. */
async function reasonsAgainst(
  client: DynamoDBClient,
  token: string,
  steps: TransactWriteItem[],
): Promise<string[] | undefined> {
  try {
    await client.send(new TransactWriteItemsCommand({ ClientRequestToken: token, TransactItems: steps }));
    return undefined;
  } catch (error) {
    // An earlier try with this token still runs.
    if (error instanceof TransactionInProgressException) return ['TransactionConflict'];
    if (!(error instanceof TransactionCanceledException)) throw error;
    return (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
  }
}
