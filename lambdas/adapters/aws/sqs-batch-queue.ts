import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { BatchQueue, BatchQueues } from '../../ports/batch-queue.ts';
import { makeJitteredPause, type RetryPause } from './jittered-pause.ts';
import { makeSqsLeases } from './sqs-leases.ts';
import { packMessage } from './sqs-message.ts';

/** The sending side of a queue, which is all that a function needs that accepts. */
export interface SqsBatchQueue extends BatchQueue {
  /** Like `send`, for who has packed the message already to see how large it is. */
  sendPacked(group: string, message: string): Promise<void>;
}

/**
 * The group makes a standard queue fair: a sink whose messages pile up does not hold up others. Sending is safe to be
 * tried again after a lost answer: the second message is a second delivery of its batch, which changes nothing.
 */
export function makeSqsBatchQueue({
  client,
  queueUrl,
}: {
  readonly client: SQSClient;
  readonly queueUrl: string;
}): SqsBatchQueue {
  async function sendPacked(group: string, message: string): Promise<void> {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: message, MessageGroupId: group }));
  }
  return { sendPacked, send: (group, body) => sendPacked(group, packMessage(body)) };
}

export interface SqsQueuesParts {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly deadLetterUrl: string;
  /** Between tries; tests need not wait. */
  readonly pause?: RetryPause;
}

/**
 * Queue and dead-letter queue in SQS. A standard queue: messages may come twice and in any order, which the merge rule
 * makes harmless. When a message is a dead letter is the queue's own setting; `depth` is SQS's approximation.
 */
export function makeSqsBatchQueues(parts: SqsQueuesParts): BatchQueues {
  const { client, queueUrl, deadLetterUrl, pause = makeJitteredPause({ baseMs: 50, maxMs: 1_000 }) } = parts;
  return {
    queue: { ...makeSqsBatchQueue({ client, queueUrl }), ...makeSqsLeases({ client, queueUrl, pause }) },
    deadLetters: makeSqsLeases({ client, queueUrl: deadLetterUrl, pause }),
  };
}
