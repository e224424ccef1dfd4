import type { ProblemKind } from '../domain/problem.ts';

export interface ProblemCode {
  readonly status: number;
  readonly code: string;
}

/** Status and wire code of each kind of problem (FeatureBase's table of errors; 403, 405, 422, 429, 503 and keys have ours). */
export const problemCodes: Readonly<Record<ProblemKind, ProblemCode>> = {
  invalid_parameter: { status: 400, code: 'InvalidParameter' },
  missing_parameter: { status: 400, code: 'MissingParameter' },
  invalid_body: { status: 400, code: 'InvalidBody' },
  limit_exceeded: { status: 400, code: 'ResourceLimitExceeded' },
  related_not_found: { status: 400, code: 'RelatedResourceNotFound' },
  bad_statement: { status: 400, code: 'Bad Request' },
  unauthorized: { status: 401, code: 'Unauthorized' },
  missing_token: { status: 401, code: 'MissingAuthenticationToken' },
  forbidden: { status: 403, code: 'Forbidden' },
  not_found: { status: 404, code: 'ResourceNotFound' },
  method_not_allowed: { status: 405, code: 'MethodNotAllowed' },
  already_exists: { status: 409, code: 'ResourceAlreadyExists' },
  incorrect_state: { status: 409, code: 'IncorrectState' },
  key_in_use: { status: 409, code: 'IdempotencyKeyInUse' },
  payload_too_large: { status: 413, code: 'PayloadTooLarge' },
  key_reused: { status: 422, code: 'IdempotencyKeyReused' },
  over_rate: { status: 429, code: 'TooManyRequests' },
  unavailable: { status: 503, code: 'ServiceUnavailable' },
};

/** The function's time is up (middy aborts a little earlier); FeatureBase's table says to try again. */
export const timedOut: ProblemCode = { status: 408, code: 'RequestTimeout' };
/** Anything that nobody foresaw. */
export const internalError: ProblemCode = { status: 500, code: 'InternalError' };
