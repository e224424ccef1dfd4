import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem } from '../domain/problem.ts';
import { OverRate } from '../domain/quota/over-rate.ts';
import { SegmentUnreadable } from '../ports/query-engine.ts';
import { type Answer, type Headers, prettyAnswer } from './answer.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import type { Log } from './log.ts';
import { loggedError } from './logged-error.ts';
import { internalError, problemCodes, timedOut } from './problem-codes.ts';
import { rateHeaders } from './rate-headers.ts';
import { requestIdHeader } from './request-id.ts';

const unforeseen = 'Something went wrong here, not in your request.';
/** Seconds after which a client may try again, where the problem does not say. */
const retryAfterSeconds = 1;

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
      if (response) response.headers = { ...response.headers, [requestIdHeader]: exchangeOf(event).requestId };
    },
    onError: (request) => {
      const exchange = exchangeOf(request.event);
      const answer = answerOf(request.error, exchange, { log, isOverload });
      request.response = { ...answer, headers: { ...answer.headers, [requestIdHeader]: exchange.requestId } };
    },
  };
}

interface ErrorReaders {
  readonly log: Log;
  readonly isOverload: (error: unknown) => boolean;
}

function answerOf(error: unknown, exchange: Exchange, { log, isOverload }: ErrorReaders): Answer {
  if (error instanceof Problem) return problemAnswer(error, exchange);
  const { requestId } = exchange;
  logUnforeseen(error, exchange, log);
  if ((error as Partial<Error> | null)?.name === 'TimeoutError') {
    const message = 'The request took too long; try again.';
    return prettyAnswer(timedOut.status, { code: timedOut.code, message, request_id: requestId });
  }
  if (isOverload(error)) {
    const { status, code } = problemCodes.unavailable;
    const message =
      'A store has no capacity or gives no answer at the moment. Send the request again: what the first may have done is not done twice.';
    return prettyAnswer(status, { code, message, request_id: requestId }, retryAfter(status, undefined));
  }
  const what =
    error instanceof SegmentUnreadable ? `Rows are missing, so there is no answer: ${error.message}.` : unforeseen;
  const message = `${what} Name request ${requestId} when you report it.`;
  return prettyAnswer(internalError.status, { code: internalError.code, message, request_id: requestId });
}

function problemAnswer(problem: Problem, { route }: Exchange): Answer {
  const { kind, message, details } = problem;
  const { status, code } = problemCodes[kind];
  const body = { code, message, ...(Object.keys(details).length > 0 ? { details } : {}) };
  const headers: Headers = {
    ...(status === 401 && route?.verb !== 'open' ? { 'www-authenticate': 'Bearer' } : {}),
    ...(Array.isArray(details['allowed']) ? { allow: details['allowed'].join(', ') } : {}),
    ...rateHeaders(problem instanceof OverRate ? problem.rate : undefined),
    ...retryAfter(status, details['retry_after_seconds']),
  };
  return prettyAnswer(status, body, headers);
}

function retryAfter(status: number, seconds: unknown): Headers {
  if (typeof seconds === 'number') return { 'retry-after': String(seconds) };
  return status === 503 ? { 'retry-after': String(retryAfterSeconds) } : {};
}

function logUnforeseen(error: unknown, { requestId, route }: Exchange, log: Log): void {
  log('request_failed', { request_id: requestId, operation: route?.operation, ...loggedError(error) });
}
