import { batchReceivesMax } from '../../lambdas/domain/limits.ts';
import { batchQueueSuite, orderedQueueSuite } from './batch-queue-suite.ts';
import { openTestStores } from './open-test-stores.ts';

async function open() {
  const { stores, clock, close } = openTestStores();
  return { queues: stores.queues, receivesMax: batchReceivesMax, nowMs: clock.now, advance: clock.advance, close };
}

batchQueueSuite('the SQLite batch queue', open);
orderedQueueSuite('the SQLite batch queue', open);
