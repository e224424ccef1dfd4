import type { ProblemKind } from '../domain/problem.ts';

/**
 * A problem of which a request as a whole can die. `GET /problems/{kind}` and `docs/problems.md` are made of these; the
 * status and the wire code are FeatureBase's where its table of errors has one.
 */
export interface ProblemEntry {
  readonly status: number;
  /** Stable, for programs; several kinds may share one. */
  readonly code: string;
  /** Short, the same for every occurrence (RFC 9457 section 3.1.3). */
  readonly title: string;
  readonly meaning: string;
  /** What a client or its author does about it. */
  readonly whatToDo: string;
}

/** Problems that no use case throws: found by the middlewares, the HTTP server, or API Gateway. */
export type ServiceProblemKind =
  | 'timed_out'
  | 'overloaded'
  | 'internal_error'
  | 'rows_unreadable'
  | 'broken_request'
  | 'unknown_method'
  | 'request_not_whole'
  | 'headers_too_large'
  | 'gateway_refused';

export type AnyProblemKind = ProblemKind | ServiceProblemKind;

/** Every kind there is, in the order of the statuses. */
export const problems: Readonly<Record<AnyProblemKind, ProblemEntry>> = {
  invalid_parameter: {
    status: 400,
    code: 'InvalidParameter',
    title: 'A parameter has a value that it cannot have',
    meaning: 'Something in the path, the query string, a header or the body is not of the form that is wanted there.',
    whatToDo: 'Change what `details.parameter` names, as the message says. The same request will not succeed.',
  },
  missing_parameter: {
    status: 400,
    code: 'MissingParameter',
    title: 'A parameter is missing',
    meaning: 'The body or the query string lacks something without which there is nothing to do.',
    whatToDo: 'Send what `details.parameter` names.',
  },
  invalid_body: {
    status: 400,
    code: 'InvalidBody',
    title: 'The body is not what it should be',
    meaning: 'The body is empty, no JSON, not UTF-8, or not compressed as its Content-Encoding says.',
    whatToDo: 'Look at the place that the message names. Nothing of the body was stored.',
  },
  broken_request: {
    status: 400,
    code: 'InvalidBody',
    title: 'The request is not whole HTTP',
    meaning: 'The body ends before the length that was announced, or the head of the request is malformed.',
    whatToDo: 'Send the request again, whole. Nothing of it was stored.',
  },
  unknown_method: {
    status: 400,
    code: 'MethodNotAllowed',
    title: 'The method is unknown',
    meaning: 'The request begins with a word that is no method of HTTP, is not in capitals, or is not HTTP at all.',
    whatToDo: 'Use a method that `GET /openapi.json` describes; over TLS, only where the address begins with https.',
  },
  limit_exceeded: {
    status: 400,
    code: 'ResourceLimitExceeded',
    title: 'There are as many as there may be',
    meaning: 'A tenant has as many databases, or a table as many columns, as it may have.',
    whatToDo: 'Delete what is not needed. `GET /v2/limits` lists the limits.',
  },
  related_not_found: {
    status: 400,
    code: 'RelatedResourceNotFound',
    title: 'Something that the body names does not exist',
    meaning: 'A database, table or sink that the body refers to is not there. (What the path names is a 404.)',
    whatToDo: 'Create it first, or correct the name or id.',
  },
  bad_statement: {
    status: 400,
    code: 'Bad Request',
    title: 'The statement cannot be run',
    meaning: 'SQL or PQL has a syntax error, names what is not there, or asks for what is not allowed.',
    whatToDo: 'Correct the statement; the message is the one of the parser or the engine.',
  },
  gateway_refused: {
    status: 400,
    code: 'BadRequest',
    title: 'The gateway refused the request',
    meaning: 'API Gateway answered by itself and asked no function of this service; its status may be another of 4XX.',
    whatToDo: 'Check the form of the request: path, headers, body. The message has the reason that the gateway gives.',
  },
  unauthorized: {
    status: 401,
    code: 'Unauthorized',
    title: 'The credentials are not good',
    meaning:
      'The password is wrong, or the token or key is unknown, expired, revoked or of somebody who was deactivated.',
    whatToDo: 'Sign in again with `POST /`, or use another key. The answer is the same for all of these on purpose.',
  },
  missing_token: {
    status: 401,
    code: 'MissingAuthenticationToken',
    title: 'There are no credentials',
    meaning: 'The request has neither a token nor a key.',
    whatToDo: 'Send `Authorization: Bearer <IdToken>`, the token alone, or `X-API-Key: <key>`.',
  },
  forbidden: {
    status: 403,
    code: 'Forbidden',
    title: 'The caller may not do this',
    meaning: 'The role of the user, or the scope of the key, does not allow the operation.',
    whatToDo: 'Ask an administrator to do it, or use a key whose scope has the verb that the message names.',
  },
  not_found: {
    status: 404,
    code: 'ResourceNotFound',
    title: 'There is nothing here',
    meaning:
      'No route has the path, or what it names does not exist, does not exist any more, or is of another tenant.',
    whatToDo: 'After a DELETE this is success. Otherwise check the path and the id.',
  },
  method_not_allowed: {
    status: 405,
    code: 'MethodNotAllowed',
    title: 'The path does not take this method',
    meaning: 'There is something at the path, and it takes the methods that the header Allow lists.',
    whatToDo: 'Use one of these. `GET /openapi.json` describes all of them.',
  },
  timed_out: {
    status: 408,
    code: 'RequestTimeout',
    title: 'The request took too long',
    meaning: 'The time that a request has was over before it was answered. It may or may not have been carried out.',
    whatToDo: 'Send it again; with an Idempotency-Key, records are not taken twice.',
  },
  request_not_whole: {
    status: 408,
    code: 'RequestTimeout',
    title: 'The request did not arrive whole in time',
    meaning: 'The client stopped sending in the middle of its request, or sent too slowly.',
    whatToDo: 'Send it again. Nothing of it was stored.',
  },
  already_exists: {
    status: 409,
    code: 'ResourceAlreadyExists',
    title: 'The name is taken',
    meaning: 'Something with this name exists already where names are unique.',
    whatToDo: 'Use what is there, or choose another name.',
  },
  incorrect_state: {
    status: 409,
    code: 'IncorrectState',
    title: 'It is not in a state for this',
    meaning: 'What the request is about is being made or deleted, still has children, or others keep changing it.',
    whatToDo: 'Where it is about to pass, try again with back-off; otherwise do first what the message names.',
  },
  key_in_use: {
    status: 409,
    code: 'IdempotencyKeyInUse',
    title: 'A request with this key is under way',
    meaning: 'Another request with the same Idempotency-Key has not been answered yet.',
    whatToDo: 'Send it again after the seconds of Retry-After; it then gets the answer of the first.',
  },
  precondition_failed: {
    status: 412,
    code: 'PreconditionFailed',
    title: 'It is not at the revision that was expected',
    meaning: 'If-Match names an ETag that is not the one of what stands there now: somebody else was faster.',
    whatToDo: 'Read it again, decide whether the change is still wanted, and send it with the new ETag.',
  },
  payload_too_large: {
    status: 413,
    code: 'PayloadTooLarge',
    title: 'The request is too large',
    meaning: 'The body has more bytes or more records than one request may have.',
    whatToDo: 'Send it in parts. `GET /v2/limits` lists the limits.',
  },
  key_reused: {
    status: 422,
    code: 'IdempotencyKeyReused',
    title: 'The key belongs to another body',
    meaning: 'The Idempotency-Key was used for a request with another body.',
    whatToDo: 'Give every request a key of its own, and use it again only to send the same body again.',
  },
  over_rate: {
    status: 429,
    code: 'TooManyRequests',
    title: 'More than the rate that is allowed',
    meaning: 'A quota of the sink or the tenant, or the bound on requests or failed sign-ins, has been passed.',
    whatToDo: 'Send the same request again after the seconds of Retry-After.',
  },
  headers_too_large: {
    status: 431,
    code: 'InvalidParameter',
    title: 'The headers are too large',
    meaning: 'The request line and the headers together are larger than the server reads.',
    whatToDo: 'Send fewer or shorter headers.',
  },
  internal_error: {
    status: 500,
    code: 'InternalError',
    title: 'Something went wrong here',
    meaning: 'A fault of the service that nobody foresaw; it is in the log under the request id.',
    whatToDo: 'Try again; if it stays, report it and name the request id.',
  },
  rows_unreadable: {
    status: 500,
    code: 'InternalError',
    title: 'Rows are missing',
    meaning: 'A file of rows that the query needs cannot be read, and an answer without them would be wrong.',
    whatToDo: 'Try again; if it stays, report it and name the request id.',
  },
  unavailable: {
    status: 503,
    code: 'ServiceUnavailable',
    title: 'Not at the moment',
    meaning: 'The place takes nothing more for now: its disk, queue or tables are full, or too many queries wait.',
    whatToDo: 'Send the same request again after the seconds of Retry-After.',
  },
  overloaded: {
    status: 503,
    code: 'ServiceUnavailable',
    title: 'A store gives no answer',
    meaning: 'A store has no capacity at the moment or cannot be reached. What was asked may have been done.',
    whatToDo: 'Send the request again after the seconds of Retry-After: nothing is done twice.',
  },
};

/** Where a kind is explained, as a path below the address of the service. */
export function problemType(kind: AnyProblemKind): string {
  return `/problems/${kind}`;
}

export function isProblemKind(text: string): text is AnyProblemKind {
  return Object.hasOwn(problems, text);
}
