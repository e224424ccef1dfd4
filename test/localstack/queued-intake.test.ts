import { afterAll, beforeAll } from '@jest/globals';
import { makeQueuedIntake } from '../../lambdas/adapters/aws/queued-intake.ts';
import { makeS3ObjectStore } from '../../lambdas/adapters/aws/s3-object-store.ts';
import { makeSqsBatchQueue, makeSqsBatchQueues } from '../../lambdas/adapters/aws/sqs-batch-queue.ts';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import type { Batch } from '../../lambdas/domain/batch.ts';
import { intakeSuite, refuse } from '../conformance/intake-suite.ts';
import { wholeBatch } from '../conformance/whole-batch.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';
import { openDynamoItems } from './open-dynamo-items.ts';

let place: AwsTestPlace;
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(() => place.close());

intakeSuite('the intake of AWS', async () => {
  const [{ items, bucket }, urls] = await Promise.all([openDynamoItems(place), place.makeQueues(100)]);
  const catalog = makeCatalog(items);
  const objects = makeS3ObjectStore({ bucket, client: async () => place.s3 });
  const { sendPacked } = makeSqsBatchQueue({ client: place.sqs, queueUrl: urls.queueUrl });
  const { queue } = makeSqsBatchQueues({ client: place.sqs, ...urls });
  return {
    catalog,
    open: (broken) =>
      makeQueuedIntake({
        queue: { sendPacked: broken === 'queue' ? refuse : sendPacked },
        objects,
        receipts: broken === 'receipts' ? { openReceipt: refuse } : catalog,
      }),
    async drain() {
      const batches: Batch[] = [];
      while ((await queue.depth()) > 0) {
        const messages = await queue.receive({ messagesMax: 10, bytesMax: 1e9, leaseMs: 60_000 });
        batches.push(...(await Promise.all(messages.map(({ body }) => wholeBatch(body, objects)))));
        await queue.acknowledge(messages.map(({ handle }) => handle));
      }
      return batches;
    },
    close: async () => {},
  };
});
