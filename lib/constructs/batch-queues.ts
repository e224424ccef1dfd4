import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { batchReceivesMax, leaseMs, queueRetentionDays } from '../../lambdas/domain/limits.ts';
import { functionTable } from '../function-table.ts';
import { removalPolicyOf, type Stage } from '../stages.ts';

/** A queue with its dead-letter queue. */
export interface BatchQueues {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** AWS's advice for a queue that Lambda empties: time for one try and its retries before a message shows again. */
const visibilityPerTimeout = 6;

/**
 * The queue that makes accepted batches durable, and the one for batches that failed too often. Standard, not FIFO: what
 * is merged may come twice and in any order. Encrypted with a key that SQS owns, which costs nothing.
 */
export function makeBatchQueues(scope: Construct, stage: Stage): BatchQueues {
  const place = new Construct(scope, 'Batches');
  const common = {
    retentionPeriod: Duration.days(queueRetentionDays),
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    removalPolicy: removalPolicyOf(stage),
  };
  const deadLetters = new Queue(place, 'DeadLetters', {
    ...common,
    visibilityTimeout: Duration.seconds(visibilityPerTimeout * functionTable['dead-letters'].timeoutSeconds),
  });
  const queue = new Queue(place, 'Queue', {
    ...common,
    visibilityTimeout: Duration.millis(leaseMs),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: batchReceivesMax },
  });
  return { queue, deadLetters };
}
