import { describe, expect, it } from '@jest/globals';
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Problem, type ProblemKind } from '../../../lambdas/domain/problem.ts';
import { errorAnswers } from '../../../lambdas/http/error-answers.ts';
import type { ApiHandler } from '../../../lambdas/http/exchange.ts';
import { problemCodes } from '../../../lambdas/http/problem-codes.ts';
import { requestId } from '../../../lambdas/http/request-id.ts';
import { routing } from '../../../lambdas/http/routing.ts';
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

  it('knows every kind', () => {
    expect(Object.keys(problemCodes).sort()).toEqual(wire.map(([kind]) => kind).sort());
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
      json: { code: 'RequestTimeout' },
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
    expect(long.body.length).toBeLessThan(500);
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
