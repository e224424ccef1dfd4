import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { makeSqsClient } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeSqsBatchQueues } from '../../lambdas/adapters/aws/sqs-batch-queue.ts';
import {
  type Attempt,
  connectionLost,
  inTurn,
  makeCountedPause,
  nowhere,
  type Script,
  scriptService,
  serviceError,
} from '../support/scripted-aws.ts';

const urls = { queueUrl: 'http://127.0.0.1:9/queue', deadLetterUrl: 'http://127.0.0.1:9/dead' };
const all = { messagesMax: 100, bytesMax: 1_000_000_000, leaseMs: 2_500 };

/** Queues over a script in SQS's place. */
function openQueues(script: Script) {
  const client = makeSqsClient(nowhere);
  const attempts = scriptService(client, script);
  const { pause, pauses } = makeCountedPause();
  const { queue, deadLetters } = makeSqsBatchQueues({ client, ...urls, pause });
  return { queue, deadLetters, attempts, pauses };
}

const entriesOf = ({ input }: Attempt): string[] =>
  input.Entries.map(({ ReceiptHandle }: { ReceiptHandle: string }) => ReceiptHandle);
const failure = (Id: string, Code: string) => ({ Id, Code, SenderFault: false });
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const message = (Body: string, count = 1) => ({
  MessageId: Body,
  ReceiptHandle: `handle of ${Body}`,
  Body,
  MD5OfBody: md5(Body),
  Attributes: { ApproximateReceiveCount: String(count), SentTimestamp: '1000', MessageGroupId: 'sink1' },
});

describe('sending to SQS', () => {
  it('is tried again after a lost answer: the batch may come twice, and is not lost', async () => {
    const { queue, attempts } = openQueues(inTurn(connectionLost(), { MD5OfMessageBody: md5('batch') }));
    await queue.send('sink1', 'batch');
    expect(attempts).toHaveLength(2);
    for (const { input } of attempts) {
      expect(input).toEqual({ QueueUrl: urls.queueUrl, MessageBody: 'batch', MessageGroupId: 'sink1' });
    }
  });

  it('fails when SQS fails every attempt', async () => {
    const { queue, attempts } = openQueues(inTurn(serviceError('ServiceUnavailable', 503)));
    await expect(queue.send('sink1', 'batch')).rejects.toThrow('planted: ServiceUnavailable');
    expect(attempts).toHaveLength(4);
  });
});

describe('receiving from SQS', () => {
  it('goes on by tens until a request gives less, and waits at an empty queue only', async () => {
    const given = Array.from({ length: 23 }, (_, i) => message(String(i)));
    const { queue, attempts } = openQueues(({ input }) => ({ Messages: given.splice(0, input.MaxNumberOfMessages) }));
    expect(await queue.receive(all)).toHaveLength(23);
    expect(attempts.map(({ input }) => input.WaitTimeSeconds)).toEqual([1, 0, 0, 0]);
    expect(attempts.map(({ input }) => input.VisibilityTimeout)).toEqual([3, 3, 3, 3]);
  });

  it('leases no more than asked for, in messages and, about, in bytes', async () => {
    const { queue, attempts } = openQueues(({ input }) => ({
      Messages: Array.from({ length: input.MaxNumberOfMessages }, () => message('x'.repeat(1_000))),
    }));
    expect(await queue.receive({ ...all, messagesMax: 13 })).toHaveLength(13);
    expect(await queue.receive({ ...all, bytesMax: 5_500 })).toHaveLength(5);
    expect(attempts.map(({ input }) => input.MaxNumberOfMessages)).toEqual([10, 3, 1, 4]);
  });

  it('gives what it has when a later request fails', async () => {
    const first = { Messages: Array.from({ length: 10 }, (_, i) => message(String(i))) };
    const { queue } = openQueues(inTurn(first, serviceError('InvalidAddress', 400)));
    expect(await queue.receive(all)).toHaveLength(10);
    await expect(queue.receive(all)).rejects.toThrow('InvalidAddress');
  });

  it('gives a message that cannot be unpacked as it is', async () => {
    const { queue } = openQueues(inTurn({ Messages: [message('gzip:no'), message('good')] }, {}));
    expect((await queue.receive(all)).map(({ body }) => body)).toEqual(['gzip:no', 'good']);
  });
});

describe.each(['acknowledge', 'release'] as const)('%s on SQS', (verb) => {
  const run = (queue: ReturnType<typeof openQueues>['queue'], handles: readonly string[]) =>
    verb === 'acknowledge' ? queue.acknowledge(handles) : queue.release(handles, 1_500);

  it('goes by ten handles', async () => {
    const { queue, attempts } = openQueues(() => ({}));
    const handles = Array.from({ length: 25 }, (_, i) => `h${i}`);
    await run(queue, handles);
    await run(queue, []);
    expect(attempts.map((attempt) => entriesOf(attempt).length)).toEqual([10, 10, 5]);
    expect(attempts.flatMap(entriesOf)).toEqual(handles);
  });

  it('is repeated for the messages alone that SQS failed at', async () => {
    const { queue, attempts, pauses } = openQueues(
      inTurn({ Failed: [failure('1', 'InternalError')] }, { Failed: [failure('1', 'InternalError')] }, {}),
    );
    await run(queue, ['a', 'b', 'c']);
    expect(attempts.map(entriesOf)).toEqual([['a', 'b', 'c'], ['b'], ['b']]);
    expect(pauses).toEqual([1, 2]);
  });

  it('ends with an error when messages stay', async () => {
    const { queue, attempts } = openQueues(() => ({ Failed: [failure('0', 'InternalError')] }));
    await expect(run(queue, ['a', 'b'])).rejects.toThrow(/SQS did not \w+ 1 of 2 messages: InternalError/);
    expect(attempts).toHaveLength(6);
  });

  it.each(['ReceiptHandleIsInvalid', 'AWS.SimpleQueueService.MessageNotInflight', 'InvalidParameterValueException'])(
    'ignores leases that are over (%s)',
    async (code) => {
      const { queue, attempts } = openQueues(() => ({ Failed: [failure('0', code)] }));
      await run(queue, ['a']);
      expect(attempts).toHaveLength(1);
    },
  );
});
