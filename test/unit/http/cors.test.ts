import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOrigins } from '../../../lambdas/http/cors.ts';
import { type HttpPlace, openHttpPlace } from '../../support/http-place.ts';

const origin = 'https://console.example.com';

describe('answers to scripts of web pages', () => {
  let place: HttpPlace;
  beforeAll(async () => {
    place = await openHttpPlace({ corsOrigins: readOrigins(`${origin},https://other.example.com`) });
  });
  afterAll(() => place.close());

  it.each([
    ['an answer', 'GET', '/health', 200],
    ['a refusal', 'GET', '/v2/sinks', 401],
    ['what no route names', 'GET', '/none', 404],
  ])('name an allowed origin: %s', async (_, method, path, status) => {
    const { statusCode, headers } = await place.call(method, path, { headers: { Origin: origin } });
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
    for (const name of ['X-Headgate-Receipt', 'ETag', 'Retry-After'])
      expect(headers!['access-control-expose-headers']).toContain(name);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example.com' }],
    ['one that only begins alike', { origin: `${origin}.evil.example` }],
    ['none', {}],
  ])('name no origin for %s', async (_, headers) => {
    const answer = await place.call('GET', '/health', { headers });
    expect(answer.statusCode).toBe(200);
    expect(Object.keys(answer.headers ?? {}).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('name no origin where none is allowed', async () => {
    expect(readOrigins('none')).toEqual([]);
  });
});
