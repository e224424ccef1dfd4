import { describe, expect, it } from '@jest/globals';
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem, type ProblemKind } from '../../../lambdas/domain/problem.ts';
import { errorAnswers } from '../../../lambdas/http/error-answers.ts';
import type { ApiHandler } from '../../../lambdas/http/exchange.ts';
import { problems } from '../../../lambdas/http/problem-codes.ts';
import { requestId } from '../../../lambdas/http/request-id.ts';
import { routing } from '../../../lambdas/http/routing.ts';
import { SegmentUnreadable } from '../../../lambdas/ports/query-engine.ts';
import { callApi } from '../../support/api-call.ts';
import { schemaFault } from '../../support/api-contract.ts';

/** FeatureBase's table of errors, and ours for what it lacks. */
const wire: readonly (readonly [ProblemKind, number, string])[] = [
  ['invalid_parameter', 400, 'InvalidParameter'],
  ['missing_parameter', 400, 'MissingParameter'],
  ['invalid_body', 400, 'InvalidBody'],
  ['limit_exceeded', 400, 'ResourceLimitExceeded'],
  ['related_not_found', 400, 'RelatedResourceNotFound'],
  ['bad_statement', 400, 'Bad Request'],
  ['unauthorized', 401, 'Unauthorized'],
  ['missing_token', 401, 'MissingAuthenticationToken'],
  ['forbidden', 403, 'Forbidden'],
  ['not_found', 404, 'ResourceNotFound'],
  ['method_not_allowed', 405, 'MethodNotAllowed'],
  ['already_exists', 409, 'ResourceAlreadyExists'],
  ['incorrect_state', 409, 'IncorrectState'],
  ['key_in_use', 409, 'IdempotencyKeyInUse'],
  ['precondition_failed', 412, 'PreconditionFailed'],
  ['payload_too_large', 413, 'PayloadTooLarge'],
  ['key_reused', 422, 'IdempotencyKeyReused'],
  ['over_rate', 429, 'TooManyRequests'],
  ['unavailable', 503, 'ServiceUnavailable'],
];

interface Logged {
  readonly code: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The stack with an innermost handler that throws this. */
function throwing(error: unknown, logged: Logged[] = []): ApiHandler {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(requestId())
    .use(errorAnswers((code, fields = {}) => logged.push({ code, fields })))
    .use(routing('control'))
    .handler(async () => {
      throw error;
    });
}

describe('error answers', () => {
  it.each(wire)('%s is %d %s', async (kind, status, code) => {
    const logged: Logged[] = [];
    const answer = await callApi(throwing(new Problem(kind, 'why', { parameter: 'p' }), logged), 'GET', '/v2/sinks');
    expect(answer).toMatchObject({ statusCode: status, json: { code, message: 'why', details: { parameter: 'p' } } });
    expect(Object.keys(answer.json).slice(0, 2)).toEqual(['code', 'message']);
    expect(schemaFault('#/components/schemas/Problem', answer.json)).toBe('');
    expect(logged).toEqual([]);
  });

  it('knows every kind that use cases throw, and those of the service', () => {
    const ofService = Object.keys(problems).filter((kind) => !wire.some(([known]) => known === kind));
    expect(ofService.sort()).toEqual([
      'broken_request',
      'gateway_refused',
      'headers_too_large',
      'internal_error',
      'overloaded',
      'request_not_whole',
      'rows_unreadable',
      'timed_out',
      'unknown_method',
    ]);
  });

  it('has the members of RFC 9457 behind the two of FeatureBase, and a number at the end', async () => {
    const failing = throwing(new Problem('not_found', 'gone', { sinks: ['s'] }));
    const { body, headers } = await callApi(failing, 'GET', '/v2/sinks', { requestId: 'r-1' });
    expect(body).toBe(
      JSON.stringify(
        {
          code: 'ResourceNotFound',
          message: 'gone',
          details: { sinks: ['s'] },
          type: '/problems/not_found',
          title: problems.not_found.title,
          detail: 'gone',
          instance: '/v2/sinks',
          request_id: 'r-1',
          status: 404,
        },
        null,
        2,
      ),
    );
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-headgate-request-id': 'r-1' });
  });

  it.each([
    ['application/problem+json', 'application/problem+json'],
    ['application/json;q=0.5, Application/Problem+JSON', 'application/problem+json'],
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
  ])('to Accept: %s is %s', async (accept, type) => {
    const failing = throwing(new Problem('not_found', 'gone'));
    const { headers } = await callApi(failing, 'GET', '/v2/sinks', { headers: { Accept: accept } });
    expect(headers).toMatchObject({ 'content-type': type });
  });

  it('says when rows are missing, and when a store gives no answer', async () => {
    const unreadable = await callApi(throwing(new SegmentUnreadable('part 7')), 'GET', '/v2/sinks');
    expect(unreadable).toMatchObject({ statusCode: 500, json: { type: '/problems/rows_unreadable' } });
    const overloaded = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
      .use(requestId())
      .use(
        errorAnswers(
          () => {},
          () => true,
        ),
      )
      .handler(async () => {
        throw new Error('throttled');
      });
    expect(await callApi(overloaded, 'GET', '/v2/sinks')).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '1' },
      json: { code: 'ServiceUnavailable', type: '/problems/overloaded' },
    });
  });

  it.each([
    ['a native error', new TypeError(`cannot read ${'tr0ub4dor'.repeat(50)}`), 'TypeError: cannot read tr0ub4dor'],
    ['what a JSON parser says', new SyntaxError('Unexpected token: "tr0ub4dor" is not valid JSON'), 'SyntaxError'],
    ['a text', 'tr0ub4dor', 'string: '],
    ['nothing', undefined, 'undefined: '],
    ['null', null, 'object: '],
  ])('hides %s that nobody foresaw, and logs it short', async (_name, error, cause) => {
    const logged: Logged[] = [];
    const answer = await callApi(throwing(error, logged), 'GET', '/v2/sinks', { requestId: 'r-1' });
    expect(answer).toMatchObject({ statusCode: 500, json: { code: 'InternalError', request_id: 'r-1' } });
    expect(answer.body).not.toMatch(/tr0ub4dor|TypeError|at /);
    expect(logged).toEqual([
      { code: 'request_failed', fields: expect.objectContaining({ request_id: 'r-1', operation: 'listSinks' }) },
    ]);
    const text = String(logged[0]!.fields['cause']);
    expect(text.startsWith(cause)).toBe(true);
    expect(text.length).toBeLessThan(150);
  });

  it('answers 408 when the time is up', async () => {
    const late = Object.assign(new Error('[AbortError]'), { name: 'TimeoutError' });
    expect(await callApi(throwing(late), 'GET', '/v2/sinks')).toMatchObject({
      statusCode: 408,
      json: { code: 'RequestTimeout', type: '/problems/timed_out' },
    });
  });

  it('says what a path takes, and names a path that is not there', async () => {
    const wrong = await callApi(throwing('unreached'), 'PUT', '/v2/sinks');
    expect(wrong).toMatchObject({
      statusCode: 405,
      headers: { allow: 'POST, GET' },
      json: { code: 'MethodNotAllowed' },
    });
    const unknown = await callApi(throwing('unreached'), 'GET', '/v9/x');
    expect(unknown).toMatchObject({ statusCode: 404, json: { message: expect.stringContaining('GET /v9/x') } });
    const long = await callApi(throwing('unreached'), 'GET', `/${'x'.repeat(5_000)}`);
    expect(long.body.length).toBeLessThan(1_000);
    expect(long.json.instance).toBe(`/${'x'.repeat(199)}`);
  });

  it('leaves what another function answers to it', async () => {
    expect(await callApi(throwing('unreached'), 'POST', '/v2/sinks/x')).toMatchObject({ statusCode: 404 });
  });

  it('asks for another try where one helps', async () => {
    const answer = await callApi(throwing(new Problem('unavailable', 'busy')), 'GET', '/v2/sinks');
    expect(answer.headers).toMatchObject({ 'retry-after': '1' });
    const known = new Problem('key_in_use', 'under way', { retry_after_seconds: 7 });
    expect((await callApi(throwing(known), 'GET', '/v2/sinks')).headers).toMatchObject({ 'retry-after': '7' });
    const never = await callApi(throwing(new Problem('key_reused', 'other')), 'GET', '/v2/sinks');
    expect(never.headers).not.toHaveProperty('retry-after');
  });
});

describe('request ids', () => {
  const idOf = async (headers: Record<string, string>) =>
    (await callApi(throwing(new Problem('not_found', '')), 'GET', '/v2/sinks', { headers, requestId: 'gateway' }))
      .headers;

  it.each([
    [{}, 'gateway'],
    [{ 'X-Headgate-Request-Id': 'mine-1' }, 'mine-1'],
    [{ 'x-headgate-request-id': 'a b\n{"code":"x"}' }, 'gateway'],
    [{ 'x-headgate-request-id': 'x'.repeat(65) }, 'gateway'],
  ])('%j is known as %s', async (headers, id) => {
    expect(await idOf(headers)).toMatchObject({ 'x-headgate-request-id': id });
  });

  it('stand on answers that succeed too', async () => {
    const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
      .use(requestId())
      .use(errorAnswers(() => {}))
      .handler(async () => ({ statusCode: 200, body: '', headers: { a: 'b' } }));
    expect((await callApi(handler, 'GET', '/')).headers).toEqual({ a: 'b', 'x-headgate-request-id': 'gateway-id' });
  });
});
