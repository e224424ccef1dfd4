import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** A busy table gets a segment a second or more, and accepting slows before 200 wait: each minute is often enough. */
const every = Duration.minutes(1);
/** Files of deleted tables cost their storage and nothing else, and finding them lists every file there is. */
const sweepEvery = Duration.days(1);

/**
 * Looks for segments to merge; once a day also for files that belong to no table. 43,800 calls a month that mostly find
 * nothing cost some cents, so it runs in every stage. A call that cannot start (another compaction runs) or that failed is
 * dropped: the next one does the work.
 */
export function scheduleCompaction(scope: Construct, compact: LambdaFunction): void {
  compact.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
  /** `CompactEvent` of the handler. */
  const call = (event: { readonly deletedTables?: boolean }) =>
    new LambdaTarget(compact, { event: RuleTargetInput.fromObject(event), retryAttempts: 0, maxEventAge: every });
  new Rule(scope, 'CompactionSchedule', {
    description: 'Merges small segments into large ones',
    schedule: Schedule.rate(every),
    targets: [call({})],
  });
  new Rule(scope, 'SweepSchedule', {
    description: 'Merges segments, and removes the files of tables that are no more',
    schedule: Schedule.rate(sweepEvery),
    targets: [call({ deletedTables: true })],
  });
}
