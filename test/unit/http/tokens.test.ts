import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type HttpPlace, openHttpPlace, password, username } from '../../support/http-place.ts';

describe('tokens and what is open to anyone', () => {
  let place: HttpPlace;
  beforeAll(async () => {
    place = await openHttpPlace();
  });
  afterAll(() => place.close());

  const secret = { USERNAME: username, PASSWORD: password };

  it.each([
    ['as the quick start sends it', secret, 'application/x-www-form-urlencoded'],
    ['as JSON', secret, 'application/json'],
    [
      'in Cognito envelope',
      { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: secret, ClientId: 'x' },
      'application/x-amz-json-1.1',
    ],
    ['in the envelope without a flow', { AuthParameters: secret }, 'text/plain'],
  ])('takes a sign-in %s', async (_name, body, contentType) => {
    const answer = await place.call('POST', '/', { body, headers: { 'Content-Type': contentType } });
    expect(answer.statusCode).toBe(200);
    const { IdToken, AccessToken, RefreshToken } = answer.json.AuthenticationResult;
    const ask = (token: string) => place.call('GET', '/v2/sinks', { headers: { authorization: token } });
    expect((await ask(IdToken)).statusCode).toBe(200);
    expect((await ask(`Bearer ${AccessToken}`)).statusCode).toBe(200);
    expect(await ask(RefreshToken)).toMatchObject({ statusCode: 401, json: { code: 'Unauthorized' } });
  });

  it('gives new tokens for a refresh token', async () => {
    const signedIn = await place.call('POST', '/', { body: secret });
    const { RefreshToken: token } = signedIn.json.AuthenticationResult;
    for (const body of [
      { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: token } },
      { AuthParameters: { REFRESH_TOKEN: token } },
    ])
      expect((await place.call('POST', '/', { body })).statusCode).toBe(200);
  });

  it('answers tokens one a line, none of them last', async () => {
    const { body } = await place.call('POST', '/', { body: secret });
    const lines = body.split('\n').filter((line) => line.includes('Token"'));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^ +"\w+": "[\w.-]+",$/);
  });

  it.each([
    [
      'a wrong password',
      { USERNAME: username, PASSWORD: 'tr0ub4dor' },
      401,
      'Unauthorized',
      'Incorrect username or password.',
    ],
    [
      'an unknown user',
      { USERNAME: 'eve@example.com', PASSWORD: 'tr0ub4dor' },
      401,
      'Unauthorized',
      'Incorrect username or password.',
    ],
    ['no password', { USERNAME: username }, 400, 'MissingParameter', 'PASSWORD is missing'],
    ['lower-case keys', { username, password: 'tr0ub4dor' }, 400, 'MissingParameter', 'USERNAME is missing'],
    ['a flow that is not there', { AuthFlow: 'CUSTOM_AUTH' }, 400, 'InvalidParameter', 'AuthFlow must be'],
    ['no refresh token', { AuthFlow: 'REFRESH_TOKEN_AUTH' }, 400, 'MissingParameter', 'REFRESH_TOKEN is missing'],
    ['a list', ['tr0ub4dor'], 400, 'InvalidParameter', 'must be an object'],
    ['form data', `USERNAME=${username}&PASSWORD=tr0ub4dor`, 400, 'InvalidBody', 'not JSON'],
    ['nothing', undefined, 400, 'InvalidBody', 'empty'],
  ])('refuses %s and repeats no password', async (_name, body, status, code, says) => {
    const answer = await place.call('POST', '/', { body });
    expect(answer).toMatchObject({ statusCode: status, json: { code, message: expect.stringContaining(says) } });
    expect(answer.body).not.toContain('tr0ub4dor');
    expect(JSON.stringify(place.logged)).not.toContain('tr0ub4dor');
  });

  it('is healthy, and describes itself', async () => {
    expect(await place.call('GET', '/health')).toMatchObject({ statusCode: 200, json: { status: 'ok' } });
    expect((await place.call('GET', '/openapi.json')).json.openapi).toBe('3.1.0');
  });

  it('describes itself once to who asks again', async () => {
    const first = await place.call('GET', '/openapi.json');
    const { etag, 'cache-control': cacheControl } = first.headers as Record<string, string>;
    expect(etag).toBe(`"${createHash('sha256').update(first.body).digest('base64url')}"`);
    expect(cacheControl).toBe('public, max-age=300');
    const again = await place.call('GET', '/openapi.json', { headers: { 'if-none-match': etag! } });
    expect(again).toMatchObject({ statusCode: 304, body: '', headers: { etag, 'cache-control': cacheControl } });
    const other = await place.call('GET', '/openapi.json', { headers: { 'if-none-match': '"older"' } });
    expect([other.statusCode, other.body]).toEqual([200, first.body]);
  });

  it.each([
    ['no token', {}, 'MissingAuthenticationToken'],
    ['an empty Bearer', { authorization: 'Bearer ' }, 'MissingAuthenticationToken'],
    ['nonsense', { authorization: 'Bearer tr0ub4dor' }, 'Unauthorized'],
    ['another scheme', { authorization: 'Basic tr0ub4dor' }, 'Unauthorized'],
    ['an unknown key', { 'x-api-key': 'tr0ub4dor' }, 'Unauthorized'],
  ])('answers 401 to %s', async (_name, headers, code) => {
    const answer = await place.call('GET', '/v2/databases', { headers });
    expect(answer).toMatchObject({ statusCode: 401, json: { code }, headers: { 'www-authenticate': 'Bearer' } });
    expect(answer.body).not.toContain('tr0ub4dor');
  });
});
