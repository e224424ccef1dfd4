import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type BuryPorts, buryBatch } from '../../use-cases/bury-batch.ts';

/** Takes dead-lettered batches at once, so that none expires in the dead-letter queue, and keeps them for good. */
export function makeDeadLettersHandler(ports: BuryPorts, onFailure: (messageId: string, cause: unknown) => void) {
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event) => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of event.Records) {
      try {
        await buryBatch(ports, { messageId, body });
      } catch (cause) {
        onFailure(messageId, cause);
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  });
}
