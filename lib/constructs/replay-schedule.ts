import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** The call that starts a replay does what it can in its own time; a longer one waits this long for its next turn. */
const every = Duration.minutes(1);

/** Goes on with replays. Calls that find none cost some cents a month. One that cannot start is dropped: the next does the work. */
export function scheduleReplays(scope: Construct, replay: LambdaFunction): void {
  replay.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: every });
  new Rule(scope, 'ReplaySchedule', {
    description: 'Goes on with replays of stored records',
    schedule: Schedule.rate(every),
    targets: [new LambdaTarget(replay, { retryAttempts: 0, maxEventAge: every })],
  });
}
