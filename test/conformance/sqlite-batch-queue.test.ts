import { batchReceivesMax } from '../../lambdas/domain/limits.ts';
import { batchQueueSuite } from './batch-queue-suite.ts';
import { openTestStores } from './open-test-stores.ts';

batchQueueSuite('the SQLite batch queue', async () => {
  const { stores, clock, close } = openTestStores();
  return { queues: stores.queues, receivesMax: batchReceivesMax, nowMs: clock.now, advance: clock.advance, close };
});
