import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { queueInlineBytesMax } from '../../domain/limits.ts';
import type { BatchLeases, LeasedMessage } from '../../ports/batch-queue.ts';
import { boundedParallel, chunksOf } from './bounded-parallel.ts';
import type { RetryPause } from './jittered-pause.ts';
import { readMessage } from './sqs-message.ts';

/** Messages of one request (SQS's limit). */
const messagesPerRequestMax = 10;
/** Requests of one call at a time. */
const requestsAtOnceMax = 8;
/** Seconds that an empty queue is waited at: a poll without wait asks only some of SQS's servers. */
const pollSeconds = 1;
/** Tries for the messages of a request that SQS did not do. */
const triesMax = 6;
/** Messages that wait, that are leased, and that were given back with a delay. */
const countNames = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;
/** Errors of single messages whose lease is over, or was never one of this queue. */
const voidHandle = /ReceiptHandleIsInvalid|MessageNotInflight|InvalidParameterValue/;

interface QueueParts {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly pause: RetryPause;
}

/** The receiving side of one queue, for tools and tests; on AWS Lambda's event source receives. */
export function makeSqsLeases(parts: QueueParts): BatchLeases {
  const { client, queueUrl } = parts;
  return {
    receive: makeReceive(parts),
    acknowledge: (handles) =>
      inRequests(parts, handles, 'delete', async (entries) => {
        const command = new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries });
        return (await client.send(command)).Failed ?? [];
      }),
    release: (handles, delayMs) =>
      inRequests(parts, handles, 'release', async (entries) => {
        const delayed = entries.map((entry) => ({ ...entry, VisibilityTimeout: Math.ceil(delayMs / 1_000) }));
        const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: delayed });
        return (await client.send(command)).Failed ?? [];
      }),
    async depth() {
      const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...countNames] });
      const { Attributes: counts = {} } = await client.send(command);
      return Object.values(counts).reduce((sum, count) => sum + Number(count), 0);
    },
  };
}

/**
 * Receives until there is enough, or a request gives nothing. When a request fails after others gave messages, those are
 * what is leased; who asks again meets the error.
 */
function makeReceive({ client, queueUrl }: QueueParts): BatchLeases['receive'] {
  async function receiveSome(count: number, leaseMs: number, waitSeconds: number): Promise<LeasedMessage[]> {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: count,
        VisibilityTimeout: Math.ceil(leaseMs / 1_000),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp', 'MessageGroupId'],
      }),
    );
    return Messages.map(leasedMessage);
  }
  return async ({ messagesMax, bytesMax, leaseMs }) => {
    const leased = await receiveSome(howMany(messagesMax, bytesMax, []), leaseMs, pollSeconds);
    let received = leased.length;
    let wanted = howMany(messagesMax, bytesMax, leased);
    while (received > 0 && wanted > 0) {
      const more = await receiveSome(wanted, leaseMs, 0).catch(() => []);
      leased.push(...more);
      received = more.length;
      wanted = howMany(messagesMax, bytesMax, leased);
    }
    return leased;
  };
}

/** How many more messages to ask for. How large they are is known once they are leased: like those that came, so far. */
function howMany(messagesMax: number, bytesMax: number, leased: readonly LeasedMessage[]): number {
  const sizes = leased.map(({ body }) => body.length);
  const largest = leased.length === 0 ? queueInlineBytesMax : Math.max(1, ...sizes);
  const left = bytesMax - sizes.reduce((sum, size) => sum + size, 0);
  const fitting = Math.floor(left / largest);
  return Math.min(
    messagesPerRequestMax,
    messagesMax - leased.length,
    leased.length === 0 ? Math.max(1, fitting) : fitting,
  );
}

function leasedMessage({ MessageId, ReceiptHandle, Body, Attributes = {} }: Message): LeasedMessage {
  return {
    messageId: MessageId!,
    handle: ReceiptHandle!,
    group: Attributes.MessageGroupId ?? '',
    body: readMessage(Body!),
    receives: Number(Attributes.ApproximateReceiveCount),
    sentAtMs: Number(Attributes.SentTimestamp),
  };
}

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
}

/**
 * Does something to messages by their handles, ten a request; those that SQS did not do are tried again.
 * @throws Error that names how many are left undone, and why
 */
async function inRequests(
  { pause }: QueueParts,
  handles: readonly string[],
  verb: string,
  send: (entries: Entry[]) => Promise<BatchResultErrorEntry[]>,
): Promise<void> {
  await boundedParallel(requestsAtOnceMax, chunksOf(messagesPerRequestMax, handles), async (chunk) => {
    let entries: Entry[] = chunk.map((handle, i) => ({ Id: String(i), ReceiptHandle: handle }));
    for (let tries = 1; ; tries += 1) {
      const failed = (await send(entries)).filter(({ Code }) => !voidHandle.test(Code ?? ''));
      const [first] = failed;
      if (!first) return;
      if (tries === triesMax) {
        throw new Error(`SQS did not ${verb} ${failed.length} of ${chunk.length} messages: ${first.Code}`);
      }
      const left = new Set(failed.map(({ Id }) => Id));
      entries = entries.filter(({ Id }) => left.has(Id));
      await pause(tries);
    }
  });
}
