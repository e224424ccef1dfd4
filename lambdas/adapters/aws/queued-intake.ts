import { type Batch, encodeBatch } from '../../domain/batch.ts';
import { queueInlineBytesMax } from '../../domain/limits.ts';
import type { Receipts } from '../../ports/catalog/receipts.ts';
import type { Intake } from '../../ports/intake.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { SqsBatchQueue } from './sqs-batch-queue.ts';
import { messageEventBytes, packMessage } from './sqs-message.ts';

export interface QueuedIntakeParts {
  readonly queue: Pick<SqsBatchQueue, 'sendPacked'>;
  readonly objects: Pick<ObjectStore, 'putIfAbsent'>;
  readonly receipts: Pick<Receipts, 'openReceipt'>;
}

/**
 * Takes batches into SQS, a body too large for a message into the object store first. The receipt comes last: queue and
 * catalog share no transaction, and a receipt without its batch would keep its sink from ever draining. A batch without
 * its receipt is harmless, since the writer makes the receipt; an object without its message too, since nothing reads it.
 */
export function makeQueuedIntake({ queue, objects, receipts }: QueuedIntakeParts): Intake {
  return {
    async take(receipt, batch) {
      const packed = packMessage(encodeBatch(batch));
      const message = messageEventBytes(packed) <= queueInlineBytesMax ? packed : await claimCheck(objects, batch);
      await queue.sendPacked(receipt.sinkId, message);
      await receipts.openReceipt(receipt);
    },
  };
}

/** Puts the body aside; the message that says where is small, whatever the body is. */
async function claimCheck(objects: Pick<ObjectStore, 'putIfAbsent'>, { header, payload }: Batch): Promise<string> {
  if (payload.kind === 'object') throw new Error('a batch whose body is an object has no large message');
  const objectKey = `bodies/${header.tenantId}/${header.batchId}`;
  await objects.putIfAbsent(objectKey, new TextEncoder().encode(payload.body));
  return packMessage(encodeBatch({ header, payload: { kind: 'object', objectKey } }));
}
