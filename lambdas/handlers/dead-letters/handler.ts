import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type BuryPorts, buryBatch } from '../../use-cases/bury-batch.ts';

/**
 * Takes dead-lettered batches at once, so that none expires in the dead-letter queue, and keeps them for good.
 * @param readMessage of one message at a time: unpacked, a full event would not fit into the function's memory
 */
export function makeDeadLettersHandler(
  ports: BuryPorts,
  onFailure: (messageId: string, cause: unknown) => void,
  readMessage: (body: string) => string = (body) => body,
) {
  return middy<SQSEvent, SQSBatchResponse>().handler(async (event) => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of event.Records) {
      try {
        await buryBatch(ports, { messageId, body: readMessage(body) });
      } catch (cause) {
        onFailure(messageId, cause);
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  });
}
