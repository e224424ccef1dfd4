import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { password, stranger, username } from '../../support/http-place.ts';
import {
  bearer,
  betterPassword,
  goodPassword,
  type IdentityPlace,
  openIdentityPlace,
  withKey,
} from '../../support/identity-place.ts';

describe('users and invites over HTTP', () => {
  let on: IdentityPlace;
  beforeAll(async () => {
    on = await openIdentityPlace();
  });
  afterAll(() => on?.place.close());

  describe('public keys', () => {
    it('check a token, may be kept, and hold nothing else', async () => {
      const { json, headers, statusCode } = await on.place.call('GET', '/.well-known/jwks.json');
      expect(statusCode).toBe(200);
      expect(headers?.['cache-control']).toBe('public, max-age=300');
      expect(Object.keys(json.keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      const { IdToken } = await on.signIn(username, password);
      const { payload } = await jwtVerify(IdToken, createLocalJWKSet(json), { currentDate: new Date(on.clock.ms) });
      expect(payload['email']).toBe(username);
    });
  });

  describe('invites', () => {
    it.each(['/v1/invites', '/v2/invites'])('%s shows the token once, and no store keeps it', async (path) => {
      const email = `shown-at${path.replaceAll('/', '-')}@example.com`;
      const { statusCode, json, headers, body } = await on.boss('POST', path, { email });
      expect([statusCode, json.status, json.role]).toEqual([201, 'Open', 'User']);
      expect(json.expires_at).toBe(new Date(on.clock.ms + 7 * 86_400_000).toISOString());
      expect(headers?.['cache-control']).toBe('no-store');
      expect(body).toMatch(/^ {2}"token": "hgi_[\w-]+",$/m);
      const again = await Promise.all([on.boss('GET', '/v2/invites'), on.boss('GET', '/v2/users')]);
      for (const list of again) {
        expect(list.body).toContain(email);
        expect(list.body).not.toContain('hgi_');
      }
      expect((await on.boss('DELETE', `/v2/invites/${json.id}`)).statusCode).toBe(200);
      expect((await on.boss('DELETE', `/v2/invites/${json.id}`)).statusCode).toBe(404);
      expect((await on.boss('GET', '/v2/users')).body).not.toContain(email);
    });

    it.each(['deactivated', 'demoted', 'removed'])('and resets end with whoever made them: %s', async (how) => {
      const [rogue, ann] = [await on.newcomer('Administrator'), await on.newcomer()];
      const invited = await rogue.as('POST', '/v2/invites', { email: `${how}@example.com`, role: 'Administrator' });
      const reset = await rogue.as('POST', `/v2/users/${ann.id}/password-reset`);
      expect([invited.statusCode, reset.statusCode]).toEqual([201, 201]);
      const path = `/v2/users/${rogue.id}`;
      if (how === 'deactivated') await on.boss('PUT', path, { status: 'Deactivated' });
      else if (how === 'demoted') await on.boss('PUT', path, { role: 'User' });
      else await on.boss('DELETE', path);
      for (const { token } of [invited.json, reset.json]) {
        const body = { token, password: 'purple tractor lemon sky' };
        expect((await on.post('/v2/invites/accept', body)).statusCode).toBe(401);
      }
    });

    it.each<[string, unknown, number, string]>([
      ['no address', {}, 400, 'MissingParameter'],
      ['an address without @', { email: 'ann' }, 400, 'InvalidParameter'],
      ['an address that is too long', { email: `${'a'.repeat(250)}@example.com` }, 400, 'InvalidParameter'],
      ['a role that is none', { email: 'a@example.com', role: 'Owner' }, 400, 'InvalidParameter'],
      ['an active user', { email: username }, 409, 'ResourceAlreadyExists'],
      ['somebody of another tenant', { email: stranger }, 409, 'ResourceAlreadyExists'],
    ])('refuse %s', async (_name, body, status, code) => {
      expect(await on.boss('POST', '/v2/invites', body)).toMatchObject({ statusCode: status, json: { code } });
    });

    it('are accepted with a good password and a good token only, and repeat neither', async () => {
      const { json } = await on.boss('POST', '/v2/invites', { email: 'careful@example.com' });
      for (const [body, status] of [
        [{ token: json.token, password: 'hunter2' }, 400],
        [{ token: json.token, password: 'Password123456' }, 400],
        [{ token: `${json.token}x`, password: goodPassword }, 401],
        [{ token: json.token }, 400],
        [{ password: goodPassword }, 400],
      ] as const) {
        const answer = await on.post('/v2/invites/accept', body);
        expect(answer.statusCode).toBe(status);
        expect(answer.body).not.toMatch(/hgi_|hunter2|Password123456|purple/);
      }
      expect(JSON.stringify(on.place.logged)).not.toMatch(/hgi_|hunter2|Password123456|purple/);
      expect(await on.post('/', { USERNAME: 'careful@example.com', PASSWORD: goodPassword })).toMatchObject({
        statusCode: 401,
      });
      const accepted = await on.post('/v2/invites/accept', { token: json.token, password: goodPassword });
      expect(accepted).toMatchObject({ statusCode: 200, json: { status: 'Active', has_password: true } });
      expect(accepted.body).not.toContain('scrypt');
      expect(await on.signIn('careful@example.com')).toBeDefined();
    });
  });

  describe('users', () => {
    it('see themselves, as current or by id, and nobody else', async () => {
      const ann = await on.newcomer();
      const bob = await on.newcomer();
      const me = await ann.as('GET', '/v2/users/current');
      expect(me.json).toMatchObject({ id: ann.id, type: 'user', email: ann.email, role: 'User', status: 'Active' });
      expect(me.json.verbs).toContain('account');
      expect(me.headers?.['etag']).toBe(`"${me.json.revision}"`);
      expect((await ann.as('GET', `/v2/users/${ann.id}`)).json.email).toBe(ann.email);
      for (const path of [bob.id, `${bob.id}/keys`, 'nobody'])
        expect((await ann.as('GET', `/v2/users/${path}`)).statusCode).toBe(404);
      expect((await on.boss('GET', `/v2/users/${bob.id}`)).json.email).toBe(bob.email);
      expect((await on.outsider('GET', `/v2/users/${bob.id}`)).statusCode).toBe(404);
    });

    it('are changed by what GET showed, under the revision that it showed', async () => {
      const ann = await on.newcomer();
      const path = `/v2/users/${ann.id}`;
      const { json } = await on.boss('GET', path);
      const etag = `"${json.revision}"`;
      const promoted = await on.boss('PUT', path, { ...json, role: 'Administrator' }, { 'if-match': etag });
      expect(promoted).toMatchObject({ statusCode: 200, json: { role: 'Administrator', revision: json.revision + 1 } });
      expect((await ann.as('GET', '/v2/users')).statusCode).toBe(200);
      expect((await on.boss('PUT', path, { role: 'User' }, { 'if-match': etag })).statusCode).toBe(412);
      expect((await on.boss('PUT', path, { role: 'User' })).statusCode).toBe(200);
      expect((await ann.as('GET', '/v2/users')).statusCode).toBe(403);
    });

    it.each<[string, object, number]>([
      ['another address', { email: 'other@example.com' }, 400],
      ['a state that only the user can bring about', { status: 'Left' }, 400],
      ['what no user has, which plays no part', { admin: true }, 200],
      ['nothing', {}, 200],
    ])('are not given %s', async (_name, body, status) => {
      const ann = await on.newcomer();
      const path = `/v2/users/${ann.id}`;
      const before = (await on.boss('GET', path)).json;
      expect((await on.boss('PUT', path, body)).statusCode).toBe(status);
      expect((await on.boss('GET', path)).json).toEqual(before);
    });

    it('are out at the next request when they are deactivated, with their keys', async () => {
      const ann = await on.newcomer();
      const { secret } = (await ann.as('POST', '/v2/users/current/keys', { description: 'a key' })).json;
      expect((await on.get('/v2/sinks', withKey(secret))).statusCode).toBe(200);
      await on.boss('PUT', `/v2/users/${ann.id}`, { status: 'Deactivated' });
      for (const headers of [bearer(ann.tokens.IdToken), withKey(secret)])
        expect((await on.get('/v2/sinks', headers)).statusCode).toBe(401);
      expect((await on.post('/', { USERNAME: ann.email, PASSWORD: goodPassword })).statusCode).toBe(401);
      await on.boss('PUT', `/v2/users/${ann.id}`, { status: 'Active' });
      expect((await on.get('/v2/sinks', withKey(secret))).statusCode).toBe(200);
      expect((await on.get('/v2/sinks', bearer(ann.tokens.IdToken))).statusCode).toBe(401);
    });

    it('change their password, by which all tokens end and keys do not', async () => {
      const ann = await on.newcomer();
      const { secret } = (await ann.as('POST', '/v2/users/current/keys', { description: 'a key' })).json;
      const next = betterPassword;
      const change = (current_password: string, new_password: string) =>
        ann.as('PUT', '/v2/users/current/password', { current_password, new_password });
      expect((await change('wrong horse battery', next)).statusCode).toBe(403);
      expect((await change(goodPassword, 'password1234')).statusCode).toBe(400);
      expect(
        (await on.boss('PUT', `/v2/users/${ann.id}/password`, { current_password: goodPassword, new_password: next }))
          .statusCode,
      ).toBe(404);
      expect((await change(goodPassword, next)).statusCode).toBe(200);
      expect((await ann.as('GET', '/v2/users/current')).statusCode).toBe(401);
      const refresh = {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: ann.tokens.RefreshToken },
      };
      expect((await on.post('/', refresh)).statusCode).toBe(401);
      expect((await on.get('/v2/sinks', withKey(secret))).statusCode).toBe(200);
      expect(await on.signIn(ann.email, next)).toBeDefined();
    });

    it('cannot guess the password of a token that they found', async () => {
      const ann = await on.newcomer();
      const tries: number[] = [];
      for (let i = 0; i < 6; i += 1)
        tries.push(
          (
            await ann.as('PUT', '/v2/users/current/password', {
              current_password: `guess ${i}`,
              new_password: goodPassword,
            })
          ).statusCode,
        );
      expect(tries).toEqual([403, 403, 403, 403, 403, 429]);
      await on.later(16 * 60_000);
    });

    it.each(['own', 'administrator'] as const)('end all sessions (%s)', async (who) => {
      const ann = await on.newcomer();
      const { statusCode } = await (who === 'own' ? ann.as : on.boss)('POST', `/v2/users/${ann.id}/sign-out`);
      expect(statusCode).toBe(200);
      expect((await ann.as('GET', '/v2/users/current')).statusCode).toBe(401);
      expect(await on.signIn(ann.email)).toBeDefined();
    });

    it('leave, and are gone with what they had', async () => {
      const ann = await on.newcomer();
      const { secret } = (await ann.as('POST', '/v2/users/current/keys', { description: 'a key' })).json;
      expect(await ann.as('DELETE', '/v2/users/current')).toMatchObject({ statusCode: 200, json: { status: 'Left' } });
      for (const headers of [bearer(ann.tokens.IdToken), withKey(secret)])
        expect((await on.get('/v2/sinks', headers)).statusCode).toBe(401);
      const back = await on.boss('POST', '/v2/invites', { email: ann.email });
      expect(back).toMatchObject({ statusCode: 201, json: { id: ann.id, status: 'Open' } });
    });

    it('get a reset by an administrator', async () => {
      const ann = await on.newcomer();
      const reset = await on.boss('POST', `/v2/users/${ann.id}/password-reset`);
      expect(reset).toMatchObject({ statusCode: 201, json: { kind: 'reset', status: 'Active' } });
      expect(reset.json.expires_at).toBe(new Date(on.clock.ms + 86_400_000).toISOString());
      const next = betterPassword;
      expect((await on.post('/v2/invites/accept', { token: reset.json.token, password: next })).statusCode).toBe(200);
      expect((await ann.as('GET', '/v2/users/current')).statusCode).toBe(401);
      expect(await on.signIn(ann.email, next)).toBeDefined();
    });
  });
});
