/**
 * Names of errors by which stores say, after all attempts of their client, that they have no capacity or give no answer
 * (DynamoDB, SQS, S3 and Lambda error references; `TimeoutError` and `ECONN...` are the client's own). They pass, and who
 * asked is not to blame.
 */
const passing: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'ThrottledException',
  'Throttling',
  'RequestThrottled',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
  'LimitExceededException',
  'SlowDown',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'InternalServerError',
  'InternalFailure',
  'TransactionInProgressException',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
]);

/** Whether the request may well succeed when it is sent again in a moment. */
export function isOverload(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return [name, code].some((text) => typeof text === 'string' && passing.has(text));
}
