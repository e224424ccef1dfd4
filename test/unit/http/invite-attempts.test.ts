import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { attemptBounds } from '../../../lambdas/use-cases/throttle-attempts.ts';
import { type HttpPlace, openHttpPlace, username } from '../../support/http-place.ts';

const password = 'purple tractor lemon sky';

let place: HttpPlace;
beforeEach(async () => {
  const source = { failuresMax: 3, windowSeconds: 900 };
  place = await openHttpPlace({ attemptBounds: { ...attemptBounds, source } });
});
afterEach(() => place.close());

async function invite(email: string): Promise<string> {
  const boss = await place.as(username);
  return (await boss('POST', '/v2/invites', { email, role: 'User' })).json.token;
}

const accept = (token: string, sourceIp: string, sent = password) =>
  place.call('POST', '/v2/invites/accept', { body: { token, password: sent }, sourceIp });

it('bounds the secrets of invites that one source may try', async () => {
  const token = await invite('new@example.com');
  const wrong = `${token.slice(0, -4)}AAAA`;
  for (let i = 0; i < 3; i += 1) expect((await accept(wrong, '192.0.2.7')).statusCode).toBe(401);
  const refused = await accept(token, '192.0.2.7');
  expect(refused.statusCode).toBe(429);
  expect(refused.headers).toMatchObject({ 'retry-after': expect.stringMatching(/^\d+$/) });
  expect((await accept(token, '198.51.100.1')).statusCode).toBe(200);
});

it('does not count a password that is too weak', async () => {
  const token = await invite('new@example.com');
  for (let i = 0; i < 4; i += 1) expect((await accept(token, '192.0.2.7', 'short')).statusCode).toBe(400);
  expect((await accept(token, '192.0.2.7')).statusCode).toBe(200);
});

it('leaves an entry of who came, and none of a secret that is not good', async () => {
  const token = await invite('new@example.com');
  await accept(`${token.slice(0, -4)}AAAA`, '192.0.2.7');
  await accept(token, '192.0.2.7');
  const boss = await place.as(username);
  const { json } = await boss('GET', '/v2/audit?operation=acceptInvite');
  expect(json.resources).toMatchObject([
    {
      actor: { email: 'new@example.com' },
      source: '192.0.2.7',
      outcome: 'done',
      target: { user_id: expect.any(String) },
    },
  ]);
  for (const secret of [token, password]) expect(JSON.stringify(json)).not.toContain(secret);
});
