import { describe, expect, it } from '@jest/globals';
import {
  batchReceivesMax,
  consumerTimeoutMs,
  deadLetterMessagesMax,
  leaseMs,
  queueBatchMessagesMax,
  queueInlineBytesMax,
  queueRetentionDays,
  queueWindowSeconds,
} from '../../lambdas/domain/limits.ts';
import { functionNamed, resourcesOf, type Stacks, statementsOf, textOf } from './templates.ts';

/** Lambda's limit of an event. */
const eventBytesMax = 6 * 1_048_576;
/** Bytes of an event around its messages' bodies: ids, attributes, receipt handles; a kilobyte a message is ample. */
const envelopeBytesMax = 1_024;

/** Queue and dead-letter queue (of the storage stack), their event sources, and the schedules of compactions and replays. */
export function ingestSuite({ dev, prod }: Record<'dev' | 'prod', Stacks>): void {
  const queues = resourcesOf(dev, 'AWS::SQS::Queue').map(({ resource }) => resource.Properties);
  const queue = queues.find((one) => one['RedrivePolicy'] !== undefined)!;
  const deadLetters = queues.find((one) => one['RedrivePolicy'] === undefined)!;
  const sourceOf = (name: string) => {
    const { id } = functionNamed(dev, name);
    const sources = resourcesOf(dev, 'AWS::Lambda::EventSourceMapping').map(({ resource }) => resource.Properties);
    return sources.find(({ FunctionName }) => (FunctionName as { Ref: string }).Ref === id)!;
  };

  describe('the queues', () => {
    it('lease as long as the embedded queue does, six times the consumer, and give up as early', () => {
      expect(queue['VisibilityTimeout']).toBe(leaseMs / 1_000);
      expect(leaseMs).toBe(6 * consumerTimeoutMs);
      expect(queue['RedrivePolicy']).toMatchObject({ maxReceiveCount: batchReceivesMax });
    });

    it('hide a dead letter for six times as long as its function may run', () => {
      const timeout = functionNamed(dev, 'dead-letters').resource.Properties['Timeout'] as number;
      expect(deadLetters['VisibilityTimeout']).toBe(6 * timeout);
    });

    it('keep messages as long as SQS can, encrypted, standard and not FIFO', () => {
      for (const one of queues) {
        expect(one).toMatchObject({ MessageRetentionPeriod: queueRetentionDays * 86_400, SqsManagedSseEnabled: true });
        expect(one['FifoQueue']).toBeUndefined();
      }
    });

    it('refuse plain HTTP', () => {
      const policies = resourcesOf(dev, 'AWS::SQS::QueuePolicy').map(({ resource }) => resource.Properties);
      const refused = policies.flatMap(({ PolicyDocument }) =>
        statementsOf(PolicyDocument)
          .filter(({ Effect, Action }) => Effect === 'Deny' && Action === 'sqs:*')
          .filter(({ Condition }) => JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}')
          .map(({ Resource }) => textOf(dev, Resource)),
      );
      expect(refused.sort()).toEqual(['<BatchesDeadLetters.Arn>', '<BatchesQueue.Arn>']);
    });
  });

  describe('the event sources', () => {
    it.each([
      ['consume', '<BatchesQueue.Arn>', queueBatchMessagesMax, queueWindowSeconds],
      ['dead-letters', '<BatchesDeadLetters.Arn>', deadLetterMessagesMax, undefined],
    ])('%s empties its queue, and gives back only what failed', (name, arn, messages, seconds) => {
      expect(textOf(dev, sourceOf(name)['EventSourceArn'])).toBe(arn);
      expect(sourceOf(name)).toMatchObject({ BatchSize: messages, FunctionResponseTypes: ['ReportBatchItemFailures'] });
      expect(sourceOf(name)['MaximumBatchingWindowInSeconds']).toBe(seconds);
    });

    it('give a dead letter, which may inflate to 10 MiB of records, a function of its own with room for it', () => {
      expect(sourceOf('dead-letters')['BatchSize']).toBe(1);
      expect(functionNamed(dev, 'dead-letters').resource.Properties['MemorySize']).toBeGreaterThanOrEqual(1_024);
    });

    it('hand over a full batch of the largest messages in one event', () => {
      const batchSize = sourceOf('consume')['BatchSize'] as number;
      expect(batchSize * (queueInlineBytesMax + envelopeBytesMax)).toBeLessThan(eventBytesMax);
    });

    it('leaves the API most of the concurrency of an account', () => {
      expect(sourceOf('consume')['ScalingConfig']).toEqual({ MaximumConcurrency: 5 });
      expect(sourceOf('dead-letters')['ScalingConfig']).toBeUndefined();
    });

    it('the consumer may run as long as its timeout says', () => {
      expect(functionNamed(dev, 'consume').resource.Properties['Timeout']).toBe(consumerTimeoutMs / 1_000);
    });
  });

  /** A call that could not start is dropped: the next one does its work. */
  const retry = { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 };
  const rulesCalling = (stacks: Stacks, target: string) =>
    resourcesOf(stacks, 'AWS::Events::Rule')
      .map(({ resource }) => resource.Properties)
      .filter(({ Targets }) => textOf(stacks, (Targets as { Arn: unknown }[])[0]!.Arn) === target);

  it('schedules nothing but compactions and replays, and no call of them is tried again', () => {
    const rules = ['<CompactFunction.Arn>', '<ReplayFunction.Arn>'].map((target) => rulesCalling(dev, target).length);
    expect(rules).toEqual([2, 1]);
    expect(resourcesOf(dev, 'AWS::Events::Rule')).toHaveLength(3);
    const invokes = resourcesOf(dev, 'AWS::Lambda::EventInvokeConfig').map(({ resource }) => resource.Properties);
    expect(invokes.map(({ FunctionName }) => textOf(dev, FunctionName)).sort()).toEqual([
      '<CompactFunction>',
      '<ReplayFunction>',
    ]);
    expect(invokes).toMatchObject([retry, retry]);
  });

  describe('replays', () => {
    it.each([
      ['dev', dev],
      ['prod', prod],
    ])('are gone on with every minute in %s', (_name, stacks) => {
      expect(rulesCalling(stacks, '<ReplayFunction.Arn>')).toMatchObject([
        { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED', Targets: [{ RetryPolicy: retry }] },
      ]);
    });
  });

  describe('compactions', () => {
    it.each([
      ['dev', dev],
      ['prod', prod],
    ])('are looked for every minute in %s, files of deleted tables once a day', (_name, stacks) => {
      expect(rulesCalling(stacks, '<CompactFunction.Arn>')).toMatchObject([
        { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED', Targets: [{ Input: '{}', RetryPolicy: retry }] },
        {
          ScheduleExpression: 'rate(1 day)',
          State: 'ENABLED',
          Targets: [{ Input: '{"deletedTables":true}', RetryPolicy: retry }],
        },
      ]);
    });

    it('run one at a time in prod; dev reserves nothing, so that it fits a new account', () => {
      const reserved = (stacks: Stacks) =>
        functionNamed(stacks, 'compact').resource.Properties['ReservedConcurrentExecutions'];
      expect(reserved(prod)).toBe(1);
      expect(reserved(dev)).toBeUndefined();
    });
  });
}
