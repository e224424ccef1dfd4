import { makeQueuedIntake } from '../../lambdas/adapters/aws/queued-intake.ts';
import { readMessage } from '../../lambdas/adapters/aws/sqs-message.ts';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { makeTurnIntake } from '../../lambdas/adapters/embedded/turn-intake.ts';
import { type IntakeHarness, intakeSuite, refuse } from './intake-suite.ts';
import { openTestStores } from './open-test-stores.ts';
import { wholeBatch } from './whole-batch.ts';

const all = { messagesMax: 1_000, bytesMax: 1e9, leaseMs: 60_000 };

/** Over SQLite: the intake of the embedded place, and that of AWS, whose message may say where the body is. */
function openOver(kind: 'turn' | 'queued'): IntakeHarness {
  const { stores, close } = openTestStores();
  const catalog = makeCatalog(stores.items);
  const { queue } = stores.queues;
  return {
    catalog,
    open(broken) {
      const send = broken === 'queue' ? refuse : queue.send;
      const receipts = { ...catalog, ...(broken === 'receipts' && { openReceipt: refuse }) };
      if (kind === 'turn') return makeTurnIntake({ send }, receipts);
      return makeQueuedIntake({ queue: { sendPacked: send }, objects: stores.objects, receipts });
    },
    async drain() {
      const messages = await queue.receive(all);
      return Promise.all(messages.map(({ body }) => wholeBatch(readMessage(body), stores.objects)));
    },
    close,
  };
}

intakeSuite('the intake of the embedded place', async () => openOver('turn'));
intakeSuite('the intake of AWS, over SQLite', async () => openOver('queued'));
