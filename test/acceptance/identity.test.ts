import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, type SinkAnswer, signInTo, uniqueName } from '../support/headgate-api.ts';
import { type Answer, type HttpClient, makeHttpClient } from '../support/http-client.ts';

const password = 'purple tractor lemon sky';
const another = 'green kettle under the bridge';

interface Tokens {
  readonly IdToken: string;
  readonly AccessToken: string;
  readonly RefreshToken: string;
}
interface Invite {
  readonly id: string;
  readonly token: string;
}
interface Key {
  readonly id: string;
  readonly secret: string;
  readonly scope: { readonly verbs: readonly string[]; readonly sinks?: readonly string[] };
}
interface User {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly status: string;
}
interface Person extends User {
  readonly tokens: Tokens;
  readonly client: HttpClient;
}

/** Users of their own, in the tenant of the target: its first administrator stays as it was. */
describe('users, invites, keys and tokens', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let anonymous: HttpClient;
  let databaseId: string;
  let sinks: readonly [SinkAnswer, SinkAnswer];
  const people: string[] = [];
  const tokens: string[] = [];
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    anonymous = makeHttpClient(target.url);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'facts', false, { n: { type: 'int' } });
    const items = ['_id', 'n'].map((name) => ({ name, path: [name] }));
    sinks = [
      await api.createSink(databaseId, 'facts', items, true),
      await api.createSink(databaseId, 'facts', items, true),
    ];
  });
  afterAll(async () => {
    for (const id of people) await api.delete(`/v2/users/${id}`);
    for (const id of tokens) await api.delete(`/v2/tokens/${id}`);
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  const signIn = (email: string, secret: string) => anonymous.post('/', { USERNAME: email, PASSWORD: secret });
  const tokensOf = (answer: Answer) =>
    (expectStatus(answer, 200).body as { AuthenticationResult: Tokens }).AuthenticationResult;
  const withKey = (secret: string): { authorization: null; headers: Record<string, string> } => ({
    authorization: null,
    headers: { 'x-api-key': secret },
  });
  const statusOf = async (call: Promise<Answer>) => (await call).status;

  /** Somebody who was invited, came and signed in. */
  async function newPerson(role = 'User'): Promise<Person> {
    const email = `${uniqueName('acceptance')}@example.com`;
    const { id, token } = expectStatus(await api.post<Invite>('/v2/invites', { email, role }), 201).body;
    people.push(id);
    const accepted = await anonymous.post<User>('/v2/invites/accept', { token, password });
    expect(expectStatus(accepted, 200).body).toMatchObject({ id, email, role, status: 'Active' });
    const signedIn = tokensOf(await signIn(email, password));
    const client = makeHttpClient(target.url, `Bearer ${signedIn.IdToken}`);
    return { ...accepted.body, tokens: signedIn, client };
  }

  async function newKey(client: HttpClient, body: object = {}, path = '/v2/users/current/keys'): Promise<Key> {
    const answer = await client.post<Key>(path, { description: uniqueName('key'), ...body });
    return expectStatus(answer, 201).body;
  }

  it('FeatureBase’s script makes itself a key', async () => {
    const { id } = expectStatus(await api.get<User>('/v2/users/current'), 200).body;
    const key = await newKey(api, {}, `/v2/users/${id}/keys`);
    expect(expectStatus(await anonymous.get('/v2/databases', withKey(key.secret)), 200).text).toContain(databaseId);
    expectStatus(await api.request('DELETE', `/v2/users/${id}/keys/${key.id}`), 200);
    expect(await statusOf(anonymous.get('/v2/databases', withKey(key.secret)))).toBe(401);
  });

  it('invite, accept, sign in, key, send, revoke: 401 at once', async () => {
    const ann = await newPerson();
    expect((await ann.client.get<User>('/v2/users/current')).body).toMatchObject({ id: ann.id, email: ann.email });
    const key = await newKey(ann.client);
    const records = { records: [{ value: { _id: 1, n: 1 } }] };
    const send = () => anonymous.post(`/v2/sinks/${sinks[0].id}`, records, withKey(key.secret));
    expectStatus(await send(), 200);
    expectStatus(await ann.client.delete(`/v2/users/current/keys/${key.id}`), 200);
    expectStatus(await send(), 401);
    const kept = expectStatus(await ann.client.get(`/v2/users/current/keys/${key.id}`), 200);
    expect(kept.body).toMatchObject({ status: 'Revoked' });
    expect(kept.text).not.toContain('hgk_');
  });

  it('an invite is good once, and not for who is there', async () => {
    const email = `${uniqueName('acceptance')}@example.com`;
    const first = expectStatus(await api.post<Invite>('/v1/invites', { email }), 201).body;
    people.push(first.id);
    const second = expectStatus(await api.post<Invite>('/v2/invites', { email }), 201).body;
    expect(second.id).toBe(first.id);
    const accept = (token: string, secret = password) =>
      anonymous.post('/v2/invites/accept', { token, password: secret });
    expect(await statusOf(accept(first.token))).toBe(401);
    expect(await statusOf(accept(second.token, 'Password1234'))).toBe(400);
    expect(await statusOf(signIn(email, password))).toBe(401);
    expect(await statusOf(accept(second.token))).toBe(200);
    expect(await statusOf(accept(second.token))).toBe(401);
    expect(await statusOf(api.post('/v2/invites', { email }))).toBe(409);
    expect(await statusOf(api.delete(`/v2/invites/${first.id}`))).toBe(404);
  });

  it('an invite that is taken back leaves nobody behind', async () => {
    const email = `${uniqueName('acceptance')}@example.com`;
    const { id, token } = expectStatus(await api.post<Invite>('/v2/invites', { email }), 201).body;
    expect((await api.get('/v2/invites')).text).toContain(email);
    expectStatus(await api.delete(`/v2/invites/${id}`), 200);
    expect(await statusOf(anonymous.post('/v2/invites/accept', { token, password }))).toBe(401);
    expect(await statusOf(api.get(`/v2/users/${id}`))).toBe(404);
  });

  it('deactivated: 401 at once for token, refresh, key and sign-in', async () => {
    const ann = await newPerson();
    const key = await newKey(ann.client);
    const put = (status: string) => api.request('PUT', `/v2/users/${ann.id}`, { body: { status } });
    const refresh = () =>
      anonymous.post('/', {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: ann.tokens.RefreshToken },
      });
    expect(tokensOf(await refresh()).IdToken).not.toBe('');
    expectStatus(await put('Deactivated'), 200);
    expect(await statusOf(ann.client.get('/v2/databases'))).toBe(401);
    expect(await statusOf(anonymous.get('/v2/databases', withKey(key.secret)))).toBe(401);
    expect(await statusOf(refresh())).toBe(401);
    expect(await statusOf(signIn(ann.email, password))).toBe(401);
    expectStatus(await put('Active'), 200);
    expect(await statusOf(anonymous.get('/v2/databases', withKey(key.secret)))).toBe(200);
    expect(tokensOf(await signIn(ann.email, password)).IdToken).not.toBe('');
  });

  it('a role holds from the next request on', async () => {
    const ann = await newPerson();
    const put = (role: string) => api.request('PUT', `/v2/users/${ann.id}`, { body: { role } });
    expect(await statusOf(ann.client.get('/v2/users'))).toBe(403);
    expectStatus(await put('Administrator'), 200);
    expect(await statusOf(ann.client.get('/v2/users'))).toBe(200);
    expectStatus(await put('User'), 200);
    expect(await statusOf(ann.client.get('/v2/users'))).toBe(403);
  });

  it('a changed password ends all tokens; a key goes on', async () => {
    const ann = await newPerson();
    const key = await newKey(ann.client);
    const body = { current_password: password, new_password: another };
    expectStatus(await ann.client.request('PUT', '/v2/users/current/password', { body }), 200);
    for (const token of [ann.tokens.IdToken, ann.tokens.AccessToken])
      expect(await statusOf(anonymous.get('/v2/databases', { authorization: token }))).toBe(401);
    const old = { AuthParameters: { REFRESH_TOKEN: ann.tokens.RefreshToken } };
    expect(await statusOf(anonymous.post('/', old))).toBe(401);
    expect(await statusOf(anonymous.get('/v2/databases', withKey(key.secret)))).toBe(200);
    expect(tokensOf(await signIn(ann.email, another)).IdToken).not.toBe('');
  });

  it('a reset sets another password once; sign-out ends sessions', async () => {
    const ann = await newPerson();
    const reset = expectStatus(await api.post<Invite>(`/v2/users/${ann.id}/password-reset`, ''), 201).body;
    expectStatus(await anonymous.post('/v2/invites/accept', { token: reset.token, password: another }), 200);
    expect(await statusOf(ann.client.get('/v2/databases'))).toBe(401);
    const { IdToken } = tokensOf(await signIn(ann.email, another));
    const client = makeHttpClient(target.url, IdToken);
    expectStatus(await client.post('/v2/users/current/sign-out', ''), 200);
    expect(await statusOf(client.get('/v2/users/current'))).toBe(401);
  });

  it('a key does what its scope says, on the sinks that it names', async () => {
    const scope = { verbs: ['ingest', 'read'], sinks: [sinks[0].id] };
    const person = await newPerson();
    const key = await newKey(person.client, { scope, expires_at: new Date(Date.now() + 3_600_000).toISOString() });
    const as = withKey(key.secret);
    const records = { records: [{ value: { _id: 2, n: 2 } }] };
    expect(await statusOf(anonymous.post(`/v2/sinks/${sinks[0].id}`, records, as))).toBe(200);
    expect(await statusOf(anonymous.post(`/v2/sinks/${sinks[1].id}`, records, as))).toBe(403);
    const listed = expectStatus(await anonymous.get<{ resources: SinkAnswer[] }>('/v2/sinks', as), 200).body.resources;
    expect(listed.map(({ id }) => id)).toEqual([sinks[0].id]);
    const sql = `/v2/databases/${databaseId}/query/sql`;
    for (const call of [
      anonymous.post(sql, 'select count(*) from facts', as),
      anonymous.delete(`/v2/sinks/${sinks[0].id}`, as),
      anonymous.post('/v2/users/current/keys', { description: 'more' }, as),
    ])
      expect(await statusOf(call)).toBe(403);
    const wide = { description: 'x', scope: { verbs: ['administer'] } };
    expect(await statusOf(person.client.post('/v2/users/current/keys', wide))).toBe(403);
    const absent = { description: 'x', scope: { sinks: ['does-not-exist'] } };
    expect((await person.client.post('/v2/users/current/keys', absent)).body).toMatchObject({
      code: 'RelatedResourceNotFound',
    });
  });

  it('a token of the tenant outlives who made it', async () => {
    const boss = await newPerson('Administrator');
    const token = await newKey(boss.client, {}, '/v2/tokens');
    tokens.push(token.id);
    expectStatus(await api.delete(`/v2/users/${boss.id}`), 200);
    expect(await statusOf(boss.client.get('/v2/databases'))).toBe(401);
    const as = withKey(token.secret);
    expect(await statusOf(anonymous.get('/v2/databases', as))).toBe(200);
    expect((await anonymous.get('/v2/users/current', as)).body).toMatchObject({ id: token.id, type: 'token' });
    expect(await statusOf(anonymous.get('/v2/tokens', as))).toBe(403);
    expectStatus(await api.delete(`/v2/tokens/${token.id}`), 200);
    expect(await statusOf(anonymous.get('/v2/databases', as))).toBe(401);
  });

  it('users see themselves, and nobody else', async () => {
    const [ann, bob] = [await newPerson(), await newPerson()];
    expect(await statusOf(ann.client.get(`/v2/users/${ann.id}`))).toBe(200);
    for (const path of [bob.id, `${bob.id}/keys`, 'does-not-exist'])
      expect(await statusOf(ann.client.get(`/v2/users/${path}`))).toBe(404);
  });

  it('tokens are checked with the keys that are published', async () => {
    const jwks = expectStatus(await anonymous.get<JSONWebKeySet>('/.well-known/jwks.json'), 200).body;
    const { payload } = await jwtVerify(api.idToken, createLocalJWKSet(jwks));
    expect(payload['email']).toBe(target.username.toLowerCase());
    expect(decodeJwt(api.idToken)['token_use']).toBe('id');
  });
});
