import type { SQSBatchResponse } from 'aws-lambda';
import { flushBytesMax, flushLingerMs, flushRecordsMax, leaseMs } from '../domain/limits.ts';
import type { makeDeadLettersHandler } from '../handlers/dead-letters/handler.ts';
import { log } from '../http/log.ts';
import { loggedError } from '../http/logged-error.ts';
import type { BatchLeases, LeasedMessage } from '../ports/batch-queue.ts';
import { lambdaContext } from './lambda-context.ts';
import { sqsEvent } from './sqs-event.ts';
import type { WriteWorker } from './write-workers.ts';

/** Messages of one flush: with the usual 100 records each they reach the records of a flush. */
const messagesPerFlushMax = flushRecordsMax / 100;
/** First wait before a failed message comes again; doubles with each receive. */
const retryBaseMs = 200;
const retryMaxMs = 30_000;
/** How often waiting messages are looked for without being told: after a release's delay or a lease that ran out. */
const pollMs = 1_000;

/** Messages that wait before all threads write, even at the cost of accepting: some seconds' work of one. */
const deepBacklog = 10 * messagesPerFlushMax;
/** Without a new message for this long nothing is being accepted, and all threads may write. */
const quietMs = 50;

export interface Consumer {
  /** A message came, or there may be some. */
  wake(): void;
  /** Takes no more, and waits for what is being written. */
  stop(): Promise<void>;
}

export interface ConsumerParts {
  readonly queue: BatchLeases;
  readonly deadLetters: BatchLeases;
  readonly workers: readonly WriteWorker[];
  /** How many of them write while records are being accepted; the others join when it is quiet or the backlog deep. */
  readonly workersWhileAccepting: number;
  readonly bury: ReturnType<typeof makeDeadLettersHandler>;
  /** Whether to write nothing for now, though messages wait: a flush that cannot succeed counts as a try. */
  readonly isHeld?: () => boolean;
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
  let nextFlushAt = 0;
  let lastMessageAt = 0;
  let isDeep = false;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let unsaid: Verdict[] = [];
  const poll = setInterval(() => {
    void sayAgain();
    pump();
  }, pollMs);

  /** A full disk may refuse this too. Unless it is said again, the messages wait until their lease runs out. */
  async function say(verdict: Verdict): Promise<void> {
    try {
      await verdict();
    } catch (cause) {
      log('consumer_failed', loggedError(cause));
      unsaid.push(verdict);
    }
  }

  async function sayAgain(): Promise<void> {
    const again = unsaid;
    unsaid = [];
    for (const verdict of again) await say(verdict);
  }

  function pump(): void {
    if (stopped || timer !== undefined || idle.length === 0 || parts.isHeld?.()) return;
    const busy = parts.workers.length - idle.length;
    if (busy >= parts.workersWhileAccepting && !isDeep && Date.now() - lastMessageAt < quietMs) return;
    const waitMs = nextFlushAt - Date.now();
    if (waitMs > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        pump();
      }, waitMs);
      return;
    }
    nextFlushAt = Date.now() + flushLingerMs;
    const worker = idle.pop()!;
    const work = flushBy(worker).then(
      (took) => {
        idle.push(worker);
        if (took) pump();
      },
      (cause) => {
        idle.push(worker);
        log('consumer_failed', loggedError(cause));
      },
    );
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  /** @returns whether there was anything */
  async function flushBy(worker: WriteWorker): Promise<boolean> {
    const messages = await parts.queue.receive({ messagesMax: messagesPerFlushMax, bytesMax: flushBytesMax, leaseMs });
    if (messages.length === 0 || isFull(messages)) nextFlushAt = 0;
    isDeep = (await parts.queue.depth()) > deepBacklog;
    // More may wait than one flush takes, and another thread may be idle.
    if (isFull(messages)) pump();
    if (messages.length > 0) await writeOut(parts, worker, messages, say);
    await buryDeadLetters(parts);
    return messages.length > 0;
  }

  return {
    wake() {
      lastMessageAt = Date.now();
      pump();
    },
    async stop() {
      stopped = true;
      clearInterval(poll);
      clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

function isFull(messages: readonly LeasedMessage[]): boolean {
  const bytes = messages.reduce((sum, { body }) => sum + body.length, 0);
  return messages.length === messagesPerFlushMax || bytes > flushBytesMax / 2;
}

/** Tells the queue what became of messages. */
type Verdict = () => Promise<void>;

async function writeOut(
  { queue, onFlush }: ConsumerParts,
  worker: WriteWorker,
  messages: readonly LeasedMessage[],
  say: (verdict: Verdict) => Promise<void>,
): Promise<void> {
  const failed = await consume(worker, messages);
  const written = messages.filter(({ messageId }) => !failed.has(messageId));
  await say(() => queue.acknowledge(written.map(({ handle }) => handle)));
  for (const message of messages) if (failed.has(message.messageId)) await say(() => giveBack(queue, message));
  onFlush();
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

function giveBack(queue: BatchLeases, { handle, receives }: LeasedMessage): Promise<void> {
  return queue.release([handle], Math.min(retryMaxMs, retryBaseMs * 2 ** (receives - 1)));
}

async function buryDeadLetters({ deadLetters, bury }: ConsumerParts): Promise<void> {
  const messages = await deadLetters.receive({ messagesMax: 10, bytesMax: flushBytesMax, leaseMs });
  if (messages.length === 0) return;
  const response = await bury(sqsEvent(messages, 'dead-letters'), lambdaContext('dead-letters'));
  const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  await deadLetters.acknowledge(messages.filter(({ messageId }) => !failed.has(messageId)).map(({ handle }) => handle));
}
