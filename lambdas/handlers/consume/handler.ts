import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Clock } from '../../ports/clock.ts';
import type { WriteBatches } from '../../use-cases/write-batch.ts';

export interface ConsumePorts {
  readonly clock: Clock;
  readonly writeBatches: WriteBatches;
  /** Told of each message that will be delivered again. Never gets a payload. */
  readonly onFailure: (messageId: string, cause: unknown) => void;
}

/** Takes queued batches from SQS (or from the embedded host in SQS's shape) and reports those to be delivered again. */
export function makeConsumeHandler({ clock, writeBatches, onFailure }: ConsumePorts) {
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event, context) => {
    const messages = event.Records.map(({ messageId, body }) => ({ messageId, body }));
    const deadlineMs = clock.now() + context.getRemainingTimeInMillis();
    const { failed } = await writeBatches(messages, { deadlineMs });
    for (const { messageId, cause } of failed) onFailure(messageId, cause);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
}
