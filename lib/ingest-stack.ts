import {
  EventSourceMapping,
  type EventSourceMappingOptions,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import { deadLetterMessagesMax, queueBatchMessagesMax, queueWindowSeconds } from '../lambdas/domain/limits.ts';
import type { CompactEnv } from '../lambdas/handlers/compact/env.ts';
import type { ConsumeEnv } from '../lambdas/handlers/consume/env.ts';
import type { DeadLettersEnv } from '../lambdas/handlers/dead-letters/env.ts';
import type { ReplayEnv } from '../lambdas/handlers/replay/env.ts';
import { scheduleCompaction } from './constructs/compaction-schedule.ts';
import { type CodeOf, makeFunction } from './constructs/headgate-function.ts';
import { scheduleReplays } from './constructs/replay-schedule.ts';
import { type DataPlaces, targetArns } from './places.ts';
import { stackProps } from './stack-props.ts';
import type { Stage } from './stages.ts';

/** From the queue to rows and segments: consumer, dead letters, compaction; and back to the queue: replays. */
export function makeIngestStack(app: App, stage: Stage, data: DataPlaces, codeOf: CodeOf): Stack {
  const stack = new Stack(app, 'Ingest', stackProps(stage, 'ingest', 'consumer, dead letters, compaction, replays'));
  const parts = { stage, codeOf, arns: targetArns(stack, data) };
  const stores = { HEADGATE_CATALOG_TABLE: data.catalogTableName, HEADGATE_BUCKET: data.bucketName };

  const consumeEnv: ConsumeEnv = { ...stores, HEADGATE_ROW_TABLE_PREFIX: data.rowTablePrefix };
  const consume = makeFunction(stack, 'consume', { ...parts, environment: consumeEnv });
  empty(data.queueArn, consume, {
    batchSize: queueBatchMessagesMax,
    maxBatchingWindow: Duration.seconds(queueWindowSeconds),
    maxConcurrency: stage.consumersMax,
  });

  const deadLettersEnv: DeadLettersEnv = stores;
  const bury = makeFunction(stack, 'dead-letters', { ...parts, environment: deadLettersEnv });
  empty(data.deadLetterQueueArn, bury, { batchSize: deadLetterMessagesMax });

  const compactEnv: CompactEnv = { ...stores, HEADGATE_ROW_TABLE_PREFIX: data.rowTablePrefix };
  const compact = makeFunction(stack, 'compact', {
    ...parts,
    environment: compactEnv,
    ...(stage.compactionsMax !== undefined && { executionsMax: stage.compactionsMax }),
  });
  scheduleCompaction(stack, compact);

  const replayEnv: ReplayEnv = { ...stores, HEADGATE_QUEUE_URL: data.queueUrl };
  const replay = makeFunction(stack, 'replay', { ...parts, environment: replayEnv });
  scheduleReplays(stack, replay);

  new CfnOutput(stack, 'ConsumeFunctionName', { value: consume.functionName });
  new CfnOutput(stack, 'DeadLettersFunctionName', { value: bury.functionName });
  new CfnOutput(stack, 'CompactFunctionName', { value: compact.functionName });
  new CfnOutput(stack, 'ReplayFunctionName', { value: replay.functionName });
  return stack;
}

/** Lets Lambda hand a queue's messages to a function, and take back only those that the function names. */
function empty(
  eventSourceArn: string,
  target: LambdaFunction,
  limits: Pick<EventSourceMappingOptions, 'batchSize' | 'maxBatchingWindow' | 'maxConcurrency'>,
): void {
  new EventSourceMapping(target, 'Messages', {
    target,
    eventSourceArn,
    reportBatchItemFailures: true,
    ...limits,
  });
}
