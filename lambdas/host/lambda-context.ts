import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { consumerTimeoutMs } from '../domain/limits.ts';

/** What Lambda passes beside an event. @param timeoutMs time that the function has */
export function lambdaContext(functionName: string, timeoutMs = consumerTimeoutMs): Context {
  const deadline = Date.now() + timeoutMs;
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '0',
    awsRequestId: randomUUID(),
    logGroupName: functionName,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
