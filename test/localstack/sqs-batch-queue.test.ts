import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll } from '@jest/globals';
import { makeSqsBatchQueues } from '../../lambdas/adapters/aws/sqs-batch-queue.ts';
import { batchQueueSuite } from '../conformance/batch-queue-suite.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';

/** Few, because each takes seconds of real time to run out. */
const receivesMax = 2;

let place: AwsTestPlace;
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(() => place.close());

batchQueueSuite('the SQS batch queue', async () => {
  const urls = await place.makeQueues(receivesMax);
  const queues = makeSqsBatchQueues({ client: place.sqs, ...urls });
  return { queues, receivesMax, nowMs: Date.now, advance: (ms) => wait(ms), close: async () => {} };
});
