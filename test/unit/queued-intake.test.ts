import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makeQueuedIntake } from '../../lambdas/adapters/aws/queued-intake.ts';
import { messageEventBytes, unpackMessage } from '../../lambdas/adapters/aws/sqs-message.ts';
import { type Batch, decodeBatch } from '../../lambdas/domain/batch.ts';
import { queueInlineBytesMax } from '../../lambdas/domain/limits.ts';
import type { Receipt } from '../../lambdas/domain/receipt.ts';
import { makeTestClock } from '../conformance/open-test-stores.ts';
import { makeMemoryObjects } from '../support/memory-objects.ts';

const receipt = { id: 'r1', tenantId: 't1', sinkId: 's1' } as unknown as Receipt;
const batchOf = (body: string) =>
  ({ header: { batchId: 'a1', tenantId: 't1', rejected: [] }, payload: { kind: 'records', body } }) as unknown as Batch;
const small = batchOf('{"records":[]}');
const like = batchOf(JSON.stringify({ records: Array(20_000).fill({ value: { species: 'setosa', petals: 3 } }) }));
const noise = batchOf(JSON.stringify({ records: [randomBytes(300_000).toString('base64')] }));

/** An intake whose parts note what they are asked, and fail where told. */
function openIntake(failing?: 'object' | 'queue' | 'receipt') {
  const steps: string[] = [];
  const messages: string[] = [];
  const objects = makeMemoryObjects(makeTestClock());
  const step = (name: 'object' | 'queue' | 'receipt') => {
    if (name === failing) throw new Error(`${name} failed`);
    steps.push(name);
  };
  const intake = makeQueuedIntake({
    queue: {
      async sendPacked(group, message) {
        step('queue');
        messages.push(message);
        steps.push(group);
      },
    },
    objects: {
      async putIfAbsent(key, body) {
        step('object');
        return objects.putIfAbsent(key, body);
      },
    },
    receipts: {
      async openReceipt({ id }) {
        step('receipt');
        steps.push(id);
      },
    },
  });
  return { intake, steps, messages, objects };
}

const sentBatch = (message: string | undefined) => decodeBatch(unpackMessage(message!));

describe('the intake of the place on AWS', () => {
  it.each([
    ['small', small],
    ['large, but like itself', like],
  ])('queues a batch whole, then opens its receipt: %s', async (_, batch) => {
    const { intake, steps, messages, objects } = openIntake();
    await intake.take(receipt, batch);
    expect(steps).toEqual(['queue', 's1', 'receipt', 'r1']);
    expect(messages.map(sentBatch)).toEqual([batch]);
    expect(messageEventBytes(messages[0]!)).toBeLessThanOrEqual(queueInlineBytesMax);
    expect(objects.keys()).toEqual([]);
  });

  it('puts a body aside first that is too large for a message', async () => {
    const { intake, steps, messages, objects } = openIntake();
    await intake.take(receipt, noise);
    expect(steps).toEqual(['object', 'queue', 's1', 'receipt', 'r1']);
    const { header, payload } = sentBatch(messages[0]);
    expect(header).toEqual(noise.header);
    expect(payload).toEqual({ kind: 'object', objectKey: 'bodies/t1/a1' });
    const body = new TextDecoder().decode(await objects.get('bodies/t1/a1'));
    expect(noise.payload).toEqual({ kind: 'records', body });
    expect(messageEventBytes(messages[0]!)).toBeLessThanOrEqual(queueInlineBytesMax);
  });

  it.each([
    ['object', []],
    ['queue', ['object']],
    ['receipt', ['object', 'queue', 's1']],
  ] as const)('goes no further when this fails, and is not answered: %s', async (failing, done) => {
    const { intake, steps } = openIntake(failing);
    await expect(intake.take(receipt, noise)).rejects.toThrow(`${failing} failed`);
    expect(steps).toEqual(done);
  });
});
