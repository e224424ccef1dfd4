import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSqsClient } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeSqsBatchQueues } from '../../lambdas/adapters/aws/sqs-batch-queue.ts';
import { batchQueueSuite } from '../conformance/batch-queue-suite.ts';
import { type AwsTestPlace, openAwsTestPlace, patiently } from './aws-test-place.ts';
import { breakCalls } from './break-calls.ts';

const receivesMax = 2;
/** A message sent twice, or leased to nobody, is no fault of a queue; the suite counts on neither. */
const changesCounts = /^(?:SendMessage|ReceiveMessage)$/;

let place: AwsTestPlace;
const client = makeSqsClient(patiently());
const broken = breakCalls(client, (operation) => !changesCounts.test(operation));
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(async () => {
  client.destroy();
  await place.close();
});

batchQueueSuite('the SQS batch queue whose calls break', async () => {
  const queues = makeSqsBatchQueues({ client, ...(await place.makeQueues(receivesMax)) });
  return { queues, receivesMax, nowMs: Date.now, advance: (ms) => wait(ms), close: async () => {} };
});

describe('calls to SQS', () => {
  it('did break, before and after they reached the service', () => {
    expect(broken.before).toBeGreaterThan(2);
    expect(broken.after).toBeGreaterThan(0);
  });

  it('lose no message though any of them break; some come twice', async () => {
    const anyBroken = makeSqsClient(patiently());
    const calls = breakCalls(anyBroken);
    const { queue } = makeSqsBatchQueues({ client: anyBroken, ...(await place.makeQueues(100)) });
    const sent = Array.from({ length: 80 }, (_, i) => `m${i}`);
    await Promise.all(sent.map((body) => queue.send('sink1', body)));
    const received = new Set<string>();
    while (received.size < sent.length || (await queue.depth()) > 0) {
      const messages = await queue.receive({ messagesMax: 7, bytesMax: 1e9, leaseMs: 2_000 });
      for (const { body } of messages) received.add(body);
      await queue.acknowledge(messages.map(({ handle }) => handle));
    }
    expect([...received].sort()).toEqual(sent.toSorted());
    expect(Math.min(calls.before, calls.after)).toBeGreaterThan(2);
    anyBroken.destroy();
  });
});
