import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem } from '../domain/problem.ts';
import { OverRate } from '../domain/quota/over-rate.ts';
import { SegmentUnreadable } from '../ports/query-engine.ts';
import { type Answer, type Headers, prettyAnswer } from './answer.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import { headerOf } from './header.ts';
import type { Log } from './log.ts';
import { loggedError } from './logged-error.ts';
import { problemBody } from './problem-body.ts';
import { type AnyProblemKind, problems } from './problem-codes.ts';
import { rateHeaders } from './rate-headers.ts';
import { requestIdHeader } from './request-id.ts';

/** Seconds after which a client may try again, where the problem does not say. */
const retryAfterSeconds = 1;
/** The media type of RFC 9457, for those that ask for it by name; everyone else gets `application/json`, as ever. */
const problemMediaType = 'application/problem+json';

/**
 * Middleware: turns whatever is thrown into an answer, and puts the request id on every answer.
 * @param isOverload knows the errors by which the place's stores say that they have no capacity, or that nobody answered
 */
export function errorAnswers(
  log: Log,
  isOverload: (error: unknown) => boolean = () => false,
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return {
    after: ({ event, response }) => {
      if (response)
        response.headers = { ...uncached(event), ...response.headers, [requestIdHeader]: exchangeOf(event).requestId };
    },
    onError: (request) => {
      const exchange = exchangeOf(request.event);
      const { error } = request;
      if (!(error instanceof Problem)) logUnforeseen(error, exchange, log);
      const found = error instanceof Problem ? ofProblem(error, exchange) : unforeseen(error, exchange, isOverload);
      request.response = answerOf(found, request.event, exchange);
    },
  };
}

interface Found {
  readonly kind: AnyProblemKind;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Headers;
}

function ofProblem(problem: Problem, { route }: Exchange): Found {
  const { kind, message, details } = problem;
  const headers: Headers = {
    ...(problems[kind].status === 401 && route?.verb !== 'open' ? { 'www-authenticate': 'Bearer' } : {}),
    ...(Array.isArray(details['allowed']) ? { allow: details['allowed'].join(', ') } : {}),
    ...rateHeaders(problem instanceof OverRate ? problem.rate : undefined),
  };
  return { kind, message, details, headers };
}

function unforeseen(error: unknown, { requestId }: Exchange, isOverload: (error: unknown) => boolean): Found {
  if ((error as Partial<Error> | null)?.name === 'TimeoutError')
    return { kind: 'timed_out', message: 'The request took too long; try again.' };
  if (isOverload(error)) {
    const message =
      'A store has no capacity or gives no answer at the moment. Send the request again: what the first may have done is not done twice.';
    return { kind: 'overloaded', message };
  }
  const isUnreadable = error instanceof SegmentUnreadable;
  const what = isUnreadable
    ? `Rows are missing, so there is no answer: ${error.message}.`
    : 'Something went wrong here, not in your request.';
  const message = `${what} Name request ${requestId} when you report it.`;
  return { kind: isUnreadable ? 'rows_unreadable' : 'internal_error', message };
}

function answerOf({ kind, headers, ...found }: Found, event: APIGatewayProxyEvent, { requestId }: Exchange): Answer {
  const { status } = problems[kind];
  return prettyAnswer(status, problemBody(kind, { ...found, path: event.path, requestId }), {
    ...(headerOf(event, 'accept')?.toLowerCase().includes(problemMediaType) && { 'content-type': problemMediaType }),
    ...headers,
    ...retryAfter(status, found.details?.['retry_after_seconds']),
    [requestIdHeader]: requestId,
  });
}

function retryAfter(status: number, seconds: unknown): Headers {
  if (typeof seconds === 'number') return { 'retry-after': String(seconds) };
  return status === 503 ? { 'retry-after': String(retryAfterSeconds) } : {};
}

function logUnforeseen(error: unknown, { requestId, route }: Exchange, log: Log): void {
  log('request_failed', { request_id: requestId, operation: route?.operation, ...loggedError(error) });
}

/** What is answered to a credential is for nobody else: no cache knows that `X-API-Key` is one. */
function uncached(event: APIGatewayProxyEvent): Headers {
  const { route } = exchangeOf(event);
  return route && route.verb !== 'open' ? { 'cache-control': 'private, no-cache' } : {};
}
