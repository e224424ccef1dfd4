import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keysPerUserMax } from '../../../lambdas/domain/limits.ts';
import { verbs } from '../../../lambdas/domain/scope.ts';
import { username } from '../../support/http-place.ts';
import { type IdentityPlace, openIdentityPlace, withKey } from '../../support/identity-place.ts';

describe('keys and tokens over HTTP', () => {
  let on: IdentityPlace;
  let sinkIds: readonly string[];
  beforeAll(async () => {
    on = await openIdentityPlace();
    sinkIds = await on.newSinks('one', 'two');
  });
  afterAll(() => on?.place.close());

  describe('keys', () => {
    it('are shown once, found by scanners, renamed, and revoked at the next request', async () => {
      const ann = await on.newcomer();
      const keys = `/v2/users/${ann.id}/keys`;
      const { statusCode, json, body, headers } = await ann.as('POST', keys, { description: 'press line 4' });
      expect(statusCode).toBe(201);
      expect(body).toMatch(/^ {2}"secret": "hgk_[\w-]{43}",$/m);
      expect(headers?.['cache-control']).toBe('no-store');
      expect(json.scope).toEqual({ verbs: ['ingest', 'read', 'query', 'replay', 'manage'] });
      const path = `${keys}/${json.id}`;
      const shown = await ann.as('GET', path);
      expect(shown.json).toMatchObject({ description: 'press line 4', status: 'Active', created_by: ann.email });
      for (const answer of [shown, await ann.as('GET', keys)]) expect(answer.body).not.toContain('hgk_');
      const renamed = await ann.as('PUT', path, { ...shown.json, description: 'line 5' }, { 'if-match': '"1"' });
      expect(renamed).toMatchObject({ statusCode: 200, json: { description: 'line 5', revision: 2 } });
      expect((await ann.as('PUT', path, { ...shown.json, expires_at: '2027-01-01T00:00:00Z' })).statusCode).toBe(400);
      expect((await ann.as('DELETE', path, undefined, { 'if-match': '"1"' })).statusCode).toBe(412);
      expect((await on.get('/v2/sinks', withKey(json.secret))).statusCode).toBe(200);
      expect(await on.boss('DELETE', path)).toMatchObject({ statusCode: 200, json: { status: 'Revoked' } });
      expect((await on.get('/v2/sinks', withKey(json.secret))).statusCode).toBe(401);
      await on.later(91 * 86_400_000);
      expect((await on.boss('GET', path)).statusCode).toBe(404);
    });

    it('that expire are another state, though nobody changed them', async () => {
      const ann = await on.newcomer();
      const expires_at = new Date(on.clock.ms + 60_000).toISOString();
      const { id, secret } = (await ann.as('POST', '/v2/users/current/keys', { description: 'x', expires_at })).json;
      const path = `/v2/users/current/keys/${id}`;
      const before = await ann.as('GET', path);
      on.clock.ms += 60_000;
      expect((await on.get('/v2/sinks', withKey(secret))).statusCode).toBe(401);
      const after = await ann.as('GET', path, undefined, { 'if-none-match': String(before.headers?.['etag']) });
      expect(after).toMatchObject({ statusCode: 200, json: { status: 'Expired' } });
      const stale = await ann.as('DELETE', path, undefined, { 'if-match': String(before.headers?.['etag']) });
      expect(stale.statusCode).toBe(412);
      const current = { 'if-match': String(after.headers?.['etag']) };
      expect((await ann.as('DELETE', path, undefined, current)).statusCode).toBe(200);
    });

    it('of others are not there', async () => {
      const [ann, bob] = [await on.newcomer(), await on.newcomer()];
      const { id } = (await bob.as('POST', '/v2/users/current/keys', { description: 'mine' })).json;
      for (const [client, owner] of [
        [ann.as, bob.id],
        [ann.as, ann.id],
        [on.boss, ann.id],
        [on.outsider, bob.id],
      ] as const) {
        const path = `/v2/users/${owner}/keys/${id}`;
        const tried = [client('GET', path), client('PUT', path, { description: 'x' }), client('DELETE', path)];
        expect((await Promise.all(tried)).map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
      }
      expect((await ann.as('POST', `/v2/users/${bob.id}/keys`, { description: 'x' })).statusCode).toBe(404);
    });

    it.each<[string, () => object, number, string]>([
      ['no description', () => ({}), 400, 'MissingParameter'],
      ['an empty one', () => ({ description: ' ' }), 400, 'InvalidParameter'],
      ['a long one', () => ({ description: 'x'.repeat(201) }), 400, 'InvalidParameter'],
      ['a verb that is none', () => ({ description: 'x', scope: { verbs: ['sudo'] } }), 400, 'InvalidParameter'],
      ['no verb', () => ({ description: 'x', scope: { verbs: [] } }), 400, 'InvalidParameter'],
      ['a verb beyond the role', () => ({ description: 'x', scope: { verbs: ['administer'] } }), 403, 'Forbidden'],
      [
        'a sink that is not there',
        () => ({ description: 'x', scope: { sinks: ['none'] } }),
        400,
        'RelatedResourceNotFound',
      ],
      ['no sinks', () => ({ description: 'x', scope: { sinks: [] } }), 400, 'InvalidParameter'],
      [
        'an end that was',
        () => ({ description: 'x', expires_at: new Date(on.clock.ms).toISOString() }),
        400,
        'InvalidParameter',
      ],
      ['an end that is no time', () => ({ description: 'x', expires_at: 'tomorrow' }), 400, 'InvalidParameter'],
      ['an end far ahead', () => ({ description: 'x', expires_at: '2099-01-01T00:00:00Z' }), 400, 'InvalidParameter'],
    ])('are not made with %s', async (_name, body, status, code) => {
      const { as } = await on.newcomer();
      expect(await as('POST', '/v2/users/current/keys', body())).toMatchObject({ statusCode: status, json: { code } });
    });

    it('make nothing that would outlive them: no keys, tokens, invites, resets or roles', async () => {
      const ann = await on.newcomer();
      const scope = { verbs };
      const { json } = await on.boss('POST', '/v2/users/current/keys', { description: 'x', scope });
      const user = `/v2/users/${ann.id}`;
      for (const [method, path, body] of [
        ['POST', '/v2/users/current/keys', { description: 'y' }],
        ['POST', '/v2/tokens', { description: 'y' }],
        ['POST', '/v1/invites', { email: 'eve@example.com' }],
        ['POST', '/v2/invites', { email: 'eve@example.com' }],
        ['POST', `${user}/password-reset`, {}],
        ['PUT', user, { role: 'Administrator' }],
      ] as const) {
        const refused = await on.call(method, path, body, withKey(json.secret));
        expect([path, refused.statusCode, refused.json.message]).toEqual([
          path,
          403,
          expect.stringContaining('sign in'),
        ]);
      }
      expect((await on.get('/v2/users', withKey(json.secret))).statusCode).toBe(200);
      expect((await on.boss('GET', user)).json.role).toBe('User');
    });

    it('are made by their own user alone', async () => {
      const ann = await on.newcomer();
      const made = await on.boss('POST', `/v2/users/${ann.id}/keys`, { description: 'x' });
      expect([made.statusCode, made.json.code]).toEqual([403, 'Forbidden']);
      expect((await on.boss('GET', `/v2/users/${ann.id}/keys`)).json.resources).toEqual([]);
    });

    it('reach the sinks that they are for, and do what they are for', async () => {
      const scope = { verbs: ['ingest', 'read'], sinks: [sinkIds[0]] };
      const { json } = await on.boss('POST', '/v2/users/current/keys', { description: 'line', scope });
      const key = withKey(json.secret);
      const records = { records: [{ value: { _id: 1, n: 1 } }] };
      expect((await on.post(`/v2/sinks/${sinkIds[0]}`, records, key)).statusCode).toBe(200);
      expect((await on.post(`/v2/sinks/${sinkIds[1]}`, records, key)).statusCode).toBe(403);
      expect((await on.get('/v2/sinks', key)).json.resources).toHaveLength(1);
      expect((await on.get('/v2/databases', key)).statusCode).toBe(403);
      const me = await on.get('/v2/users/current', key);
      expect(me.json).toMatchObject({
        type: 'user',
        email: username,
        scope,
        verbs: ['ingest', 'read'],
        key_id: json.id,
      });
    });

    it('are bounded, by those that are good', async () => {
      const { as } = await on.newcomer();
      const make = () => as('POST', '/v2/users/current/keys', { description: 'x' });
      const first = (await make()).json.id;
      for (let i = 1; i < keysPerUserMax; i += 1) await make();
      expect(await make()).toMatchObject({ statusCode: 400, json: { code: 'ResourceLimitExceeded' } });
      await as('DELETE', `/v2/users/current/keys/${first}`);
      expect((await make()).statusCode).toBe(201);
    });
  });

  describe('tokens', () => {
    it('outlive whoever made them, know what they are, and are revoked at the next request', async () => {
      const maker = await on.newcomer('Administrator');
      const made = await maker.as('POST', '/v2/tokens', { description: 'gateway' });
      expect(made.json.secret).toMatch(/^hgt_[\w-]{43}$/);
      await on.boss('DELETE', `/v2/users/${maker.id}`);
      const token = withKey(made.json.secret);
      expect((await on.get('/v2/sinks', token)).statusCode).toBe(200);
      const me = (await on.get('/v2/users/current', token)).json;
      expect(me).toMatchObject({ id: made.json.id, type: 'token', description: 'gateway', role: 'User' });
      expect(me.verbs).not.toContain('account');
      for (const path of ['/v2/users', '/v2/users/current/keys', '/v2/tokens'])
        expect((await on.get(path, token)).statusCode).toBe(403);
      const path = `/v2/tokens/${made.json.id}`;
      expect((await on.outsider('GET', path)).statusCode).toBe(404);
      expect((await on.boss('PUT', path, { description: 'gateway 2' })).json.description).toBe('gateway 2');
      expect((await on.boss('GET', '/v2/tokens')).json.resources).toEqual([(await on.boss('GET', path)).json]);
      expect((await on.boss('DELETE', path)).json.status).toBe('Revoked');
      expect((await on.get('/v2/sinks', token)).statusCode).toBe(401);
    });

    it.each(['account', 'administer'])('never get the verb %s', async (verb) => {
      const answer = await on.boss('POST', '/v2/tokens', { description: 'x', scope: { verbs: ['read', verb] } });
      expect(answer).toMatchObject({ statusCode: 400, json: { code: 'InvalidParameter' } });
    });

    it('and keys are not each other', async () => {
      const key = (await on.boss('POST', '/v2/users/current/keys', { description: 'x' })).json.id;
      const token = (await on.boss('POST', '/v2/tokens', { description: 'x' })).json.id;
      expect((await on.boss('GET', `/v2/tokens/${key}`)).statusCode).toBe(404);
      expect((await on.boss('GET', `/v2/users/current/keys/${token}`)).statusCode).toBe(404);
    });
  });
});
