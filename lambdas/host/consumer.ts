import type { SQSBatchResponse } from 'aws-lambda';
import { flushBytesMax, flushLingerMs, flushRecordsMax, leaseMs } from '../domain/limits.ts';
import type { makeDeadLettersHandler } from '../handlers/dead-letters/handler.ts';
import type { BatchLeases, LeasedMessage } from '../ports/batch-queue.ts';
import { lambdaContext } from './lambda-context.ts';
import { log } from './log.ts';
import { sqsEvent } from './sqs-event.ts';
import type { WriteWorker } from './write-workers.ts';

/** Messages of one flush: with the usual 100 records each they reach the records of a flush. */
const messagesPerFlushMax = flushRecordsMax / 100;
/** First wait before a failed message comes again; doubles with each receive. */
const retryBaseMs = 200;
const retryMaxMs = 30_000;
/** How often waiting messages are looked for without being told: after a release's delay or a lease that ran out. */
const pollMs = 1_000;

export interface Consumer {
  /** There may be messages. */
  wake(): void;
  /** Takes no more, and waits for what is being written. */
  stop(): Promise<void>;
}

export interface ConsumerParts {
  readonly queue: BatchLeases;
  readonly deadLetters: BatchLeases;
  readonly workers: readonly WriteWorker[];
  readonly bury: ReturnType<typeof makeDeadLettersHandler>;
  /** Told after each flush. */
  readonly onFlush: () => void;
}

/**
 * What Lambda's event source does on AWS: leases batches, hands them to the consumer handler, deletes those written and
 * gives back those that failed. A message alone is taken at once; under load flushes are `flushLingerMs` apart, so that
 * segments stay few.
 */
export function startConsumer(parts: ConsumerParts): Consumer {
  const idle = [...parts.workers];
  const running = new Set<Promise<void>>();
  let lastFlushAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const poll = setInterval(() => pump(), pollMs);

  function pump(): void {
    if (stopped || timer !== undefined || idle.length === 0) return;
    const waitMs = lastFlushAt + flushLingerMs - Date.now();
    if (waitMs > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        pump();
      }, waitMs);
      return;
    }
    lastFlushAt = Date.now();
    const worker = idle.pop()!;
    const work = flushOnce(parts, worker).then(
      (taken) => {
        idle.push(worker);
        if (taken === 0) lastFlushAt = 0;
        else pump();
      },
      (cause) => {
        idle.push(worker);
        log('consumer_failed', { cause: String(cause) });
      },
    );
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  return {
    wake: pump,
    async stop() {
      stopped = true;
      clearInterval(poll);
      clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

async function flushOnce(parts: ConsumerParts, worker: WriteWorker): Promise<number> {
  const messages = await parts.queue.receive({ messagesMax: messagesPerFlushMax, bytesMax: flushBytesMax, leaseMs });
  if (messages.length > 0) {
    const failed = await consume(worker, messages);
    await parts.queue.acknowledge(
      messages.filter(({ messageId }) => !failed.has(messageId)).map(({ handle }) => handle),
    );
    await giveBack(
      parts.queue,
      messages.filter(({ messageId }) => failed.has(messageId)),
    );
    parts.onFlush();
  }
  await buryDeadLetters(parts);
  return messages.length;
}

async function consume(worker: WriteWorker, messages: readonly LeasedMessage[]): Promise<ReadonlySet<string>> {
  try {
    const event = sqsEvent(messages, 'batches');
    const { batchItemFailures } = await worker.run<SQSBatchResponse>({ kind: 'consume', event });
    return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  } catch {
    // The thread died or the handler threw as a whole: Lambda would deliver all of them again.
    return new Set(messages.map(({ messageId }) => messageId));
  }
}

async function giveBack(queue: BatchLeases, messages: readonly LeasedMessage[]): Promise<void> {
  for (const { handle, receives } of messages) {
    await queue.release([handle], Math.min(retryMaxMs, retryBaseMs * 2 ** (receives - 1)));
  }
}

async function buryDeadLetters({ deadLetters, bury }: ConsumerParts): Promise<void> {
  const messages = await deadLetters.receive({ messagesMax: 10, bytesMax: flushBytesMax, leaseMs });
  if (messages.length === 0) return;
  const response = await bury(sqsEvent(messages, 'dead-letters'), lambdaContext('dead-letters'));
  const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  await deadLetters.acknowledge(messages.filter(({ messageId }) => !failed.has(messageId)).map(({ handle }) => handle));
}
