import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, signInTo } from '../support/headgate-api.ts';

jest.setTimeout(120_000);

interface ProblemBody {
  readonly code: string;
  readonly message: string;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly instance: string;
  readonly request_id: string;
  readonly status: number;
}

describe('an error', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
  });
  afterAll(async () => {
    await target?.close();
  });

  it.each<[string, string, unknown, string | undefined, number, string]>([
    ['GET', '/v2/sinks/none', undefined, undefined, 404, 'not_found'],
    ['POST', '/v2/databases', {}, undefined, 400, 'missing_parameter'],
    ['POST', '/v2/databases', { name: 5 }, undefined, 400, 'invalid_parameter'],
    ['POST', '/v2/databases', 'nonsense', undefined, 400, 'invalid_body'],
    ['DELETE', '/v2/sinks', undefined, undefined, 405, 'method_not_allowed'],
    ['GET', '/v2/sinks', undefined, '', 401, 'missing_token'],
    ['GET', '/v2/sinks', undefined, 'Bearer nonsense', 401, 'unauthorized'],
    ['GET', '/nowhere', undefined, undefined, 404, 'not_found'],
  ])('of %s %s %j says what it is in two ways', async (method, path, body, authorization, status, kind) => {
    const answer = await api.request<ProblemBody>(method, path, {
      body,
      ...(authorization !== undefined && { authorization: authorization || null }),
      headers: { 'X-Headgate-Request-Id': 'my-request.1' },
    });
    expect(expectStatus(answer, status).headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-headgate-request-id')).toBe('my-request.1');
    expect(Object.keys(answer.body).slice(0, 2)).toEqual(['code', 'message']);
    const { code, message, title } = answer.body;
    const type = `/problems/${kind}`;
    const shown = { code, message, type, title, detail: message, instance: path, request_id: 'my-request.1', status };
    expect(answer.body).toMatchObject(shown);
    expect(answer.text).toBe(JSON.stringify(answer.body, null, 2));

    const told = expectStatus(await api.get<Record<string, unknown>>(type, { authorization: null }), 200);
    expect(told.body).toMatchObject({ kind, type, code, title, status, meaning: expect.any(String) });
    expect(told.body['what_to_do']).toMatch(/\.$/);
  });

  it('is application/problem+json where Accept names that', async () => {
    const headers = { accept: 'application/problem+json, application/json' };
    const refused = expectStatus(await api.get('/v2/sinks/none', { headers }), 404);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    const found = expectStatus(await api.get('/v2/sinks', { headers }), 200);
    expect(found.headers.get('content-type')).toBe('application/json');
  });

  it('has an id of its own where the client sends none, or none that can be one', async () => {
    const ids: string[] = [];
    for (const sent of [{}, { 'X-Headgate-Request-Id': 'a b' }]) {
      const { headers, body } = await api.get<ProblemBody>('/v2/sinks/none', { headers: sent });
      expect(headers.get('x-headgate-request-id')).toBe(body.request_id);
      ids.push(body.request_id);
    }
    expect(new Set([...ids, 'a b']).size).toBe(3);
  });

  it('of a HEAD is its status alone', async () => {
    const answer = expectStatus(await api.request('HEAD', '/v2/sinks/none'), 404);
    expect(answer.text).toBe('');
  });

  it('that there is not has no page', async () => {
    expect(await api.get('/problems/none')).toMatchObject({ status: 404, body: { type: '/problems/not_found' } });
    expect(await api.get('/problems/constructor')).toMatchObject({ status: 404 });
  });
});

describe('readiness', () => {
  let target: AcceptanceTarget;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
  });
  afterAll(async () => {
    await target?.close();
  });

  it('is told to anyone, store by store', async () => {
    const answer = await fetch(`${target.url}/ready`);
    const body = (await answer.json()) as {
      status: string;
      checks: { name: string; state: string; took_ms: number }[];
    };
    expect([answer.status, body.status]).toEqual([200, 'ready']);
    expect(body.checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['catalog', 'objects']));
    for (const { state, took_ms: tookMs } of body.checks) {
      expect(state).toBe('up');
      expect(tookMs).toBeGreaterThanOrEqual(0);
    }
  });

  it.each(['/health', '/ready'])('%s answers a HEAD', async (path) => {
    const answer = await fetch(target.url + path, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});
