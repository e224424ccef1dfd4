/**
 * The embedded host as `bin/headgate.ts` starts it, made from parts that die, fail or dawdle where the test says
 * (`FaultSetup`, `FaultOrder`). Arguments: the data folder.
 */

import { startHost } from '../../lambdas/host/start-host.ts';
import type { BatchLeases } from '../../lambdas/ports/batch-queue.ts';
import { faultParts, orderThreads } from './fault-parts.ts';
import type { DepthAnswer, FaultOrder } from './fault-setup.ts';

const queues: BatchLeases[] = [];
const parts = faultParts('main');
// With a listener the system answers a write beyond the limit with an error instead of ending the process.
process.on('SIGXFSZ', () => {});
process.on('disconnect', () => process.exit(1));
process.on('message', async (order: FaultOrder) => {
  if (!('ask' in order)) return orderThreads(order);
  const depths = await Promise.all(queues.map((queue) => queue.depth()));
  process.send!({ id: order.id, depth: depths.reduce((sum, depth) => sum + depth, 0) } satisfies DepthAnswer);
});

const host = await startHost(
  {
    host: '127.0.0.1',
    port: 0,
    data: process.argv[2]!,
    username: process.env['HEADGATE_USERNAME']!,
    password: process.env['HEADGATE_PASSWORD']!,
  },
  {
    ...parts,
    standIn(name, part) {
      if (name === 'queue' || name === 'deadLetters') queues.push(part as unknown as BatchLeases);
      return parts.standIn(name, part);
    },
  },
);
process.stdout.write(`Headgate listening on ${host.url}\n`);
