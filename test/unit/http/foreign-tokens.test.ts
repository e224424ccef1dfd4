import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeOidcIssuer } from '../../../lambdas/adapters/system/oidc-issuer.ts';
import type { UserId } from '../../../lambdas/domain/ids.ts';
import type { User } from '../../../lambdas/domain/tenant.ts';
import type { HandlerPorts } from '../../../lambdas/http/handler-ports.ts';
import { type HttpPlace, openHttpPlace, username } from '../../support/http-place.ts';
import { type IssuerKey, type LocalIssuer, newIssuerKey, startLocalIssuer } from '../../support/local-issuer.ts';
import { matrixCallers } from '../../support/matrix-callers.ts';

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const inviteOf = (kind: 'invite' | 'reset', expiresAt = inMs(60_000), by?: UserId) => ({
  ...{ kind, expiresAt, secretHash: 'aa', invitedAt: inMs(0), invitedBy: username },
  // Of the administrator whom every place of these tests begins with.
  get invitedById() {
    return by ?? boss.id;
  },
});

let key: IssuerKey;
let issuer: LocalIssuer;
let place: HttpPlace;
let ann: User;
let boss: User;
let callers: ReturnType<typeof matrixCallers>;
beforeAll(async () => {
  key = await newIssuerKey('k1');
});
beforeEach(async () => {
  issuer = await startLocalIssuer(key);
  await open();
});
afterEach(async () => {
  await place.close();
  await issuer.stop();
});

async function open(more: Partial<HandlerPorts> = {}): Promise<void> {
  const clock = { now: () => Date.now() };
  const settings = { issuer: issuer.url, audiences: ['headgate'] };
  place = await openHttpPlace({ foreignIssuer: makeOidcIssuer(settings, { clock, timeoutMs: 200 }), ...more });
  ann = (await place.ports.catalog.findUserByEmail(username))!;
  callers = matrixCallers(place);
  boss = await callers.newUser(ann.tenantId, 'Administrator');
}

const list = ['GET', '/v2/databases'] as const;
/** What a call with a token of the issuer is answered. */
async function call(claims: object, [method, path]: readonly [string, string] = list) {
  const token = await issuer.token({ sub: 'ann-there', email: username, email_verified: true, ...claims });
  return place.call(method, path, { headers: { authorization: `Bearer ${token}` } });
}
const stored = async () => (await place.ports.catalog.findUser(ann.tenantId, ann.id))!;

describe('a token of the external issuer', () => {
  it('opens calls as the user whose address it has, and binds its subject to them', async () => {
    expect((await call({ email: username.toUpperCase() })).statusCode).toBe(200);
    expect(await stored()).toMatchObject({
      state: 'Active',
      revision: 2,
      external: { issuer: issuer.url, subject: 'ann-there' },
    });
    const entries = await place.ports.catalog.listAuditEntries(ann.tenantId, { limit: 9 });
    expect(entries).toMatchObject([
      { operation: 'bindIdentity', actor: { userId: ann.id, email: username }, outcome: 'done' },
    ]);
    expect((await call({})).statusCode).toBe(200);
    expect((await stored()).revision).toBe(2);
  });

  it('counts by its subject from then on, whatever address it has', async () => {
    await call({});
    expect((await call({ email: undefined })).statusCode).toBe(200);
    expect((await call({ email: 'bob@example.com' })).statusCode).toBe(200);
    expect((await call({ email: 'bob@example.com' }, ['GET', '/v2/users/current'])).json).toMatchObject({
      id: ann.id,
    });
  });

  it('opens nothing for somebody else who was given the address later', async () => {
    await call({});
    const answer = await call({ sub: 'another-there' });
    expect(answer.statusCode).toBe(401);
    expect(answer.json.message).toContain('bound to another identity');
    expect((await stored()).external?.subject).toBe('ann-there');
  });

  it.each([
    { email_verified: false },
    { email_verified: undefined },
    { email: undefined },
    { email: 'eve@example.com' },
  ])('binds nothing by %j', async (claims) => {
    expect((await call(claims)).statusCode).toBe(401);
    expect(await stored()).not.toHaveProperty('external');
  });

  it('takes the tenant from the user, and never from a claim', async () => {
    const { tenantId } = (await place.ports.catalog.findUserByEmail('bob@example.com'))!;
    await call({ 'custom:tenant': tenantId, tenant_id: tenantId });
    const { json } = await call({ 'custom:tenant': tenantId }, ['GET', '/v2/users/current']);
    expect(json).toMatchObject({ id: ann.id });
  });

  it('gives the rights of the user, not those that it claims', async () => {
    const worker = await callers.newUser(ann.tenantId, 'User');
    const claims = { sub: 'worker', email: worker.email, role: 'Administrator', roles: ['Administrator'] };
    expect((await call(claims)).statusCode).toBe(200);
    expect((await call(claims, ['GET', '/v2/audit'])).statusCode).toBe(403);
  });

  it('binds nothing at the data plane, which says what to do', async () => {
    const { id } = await newDatabase();
    const queried = ['POST', `/v2/databases/${id}/query/sql`] as const;
    for (const at of [queried, ['DELETE', `/v2/tables/${id}/x/rows/1`] as const]) {
      const answer = await call({}, at);
      expect(answer.statusCode).toBe(401);
      expect(answer.json.message).toContain('GET /v2/databases');
    }
    expect(await stored()).not.toHaveProperty('external');
    await call({});
    expect((await call({}, queried)).statusCode).not.toBe(401);
  });

  it.each<[string, Partial<User>, number]>([
    ['who is invited', { state: 'Open', invite: inviteOf('invite') }, 200],
    ['whose invite has expired', { state: 'Open', invite: inviteOf('invite', inMs(-1)) }, 401],
    [
      'whose invite is of somebody who is no administrator',
      { state: 'Open', invite: inviteOf('invite', inMs(60_000), 'nobody' as UserId) },
      401,
    ],
    ['who is not invited', { state: 'Open' }, 401],
    ['who was deactivated', { state: 'Deactivated' }, 401],
    ['who has left', { state: 'Left', invite: inviteOf('invite') }, 401],
  ])('of a user %s', async (_name, change, status) => {
    await place.ports.catalog.saveUser({ ...ann, ...change });
    expect((await call({})).statusCode).toBe(status);
    const now = await stored();
    expect(now.state).toBe(status === 200 ? 'Active' : change.state);
    if (status === 200) expect(now).not.toHaveProperty('invite');
  });

  it('ends with the user, and opens again with an invite', async () => {
    await call({});
    const left = await place.ports.catalog.saveUser({ ...(await stored()), state: 'Left' });
    expect((await call({})).statusCode).toBe(401);
    await place.ports.catalog.saveUser({ ...left, state: 'Open', invite: inviteOf('invite') });
    expect((await call({}, ['POST', '/v2/databases/x/query/sql'])).statusCode).toBe(401);
    expect((await call({})).statusCode).toBe(200);
    expect((await stored()).state).toBe('Active');
  });

  it('leaves a reset alone: it is about the password', async () => {
    await place.ports.catalog.saveUser({ ...ann, invite: inviteOf('reset') });
    expect((await call({})).statusCode).toBe(200);
    expect((await stored()).invite).toMatchObject({ kind: 'reset' });
  });

  it('binds once, however many first calls come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => call({})));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(200));
    expect((await stored()).revision).toBe(2);
  });

  it('binds one of two subjects that come at once with one address', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map((sub) => call({ sub })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401]);
  });

  it('opens nothing where the binding cannot be noted', async () => {
    const saveAuditEntry = async () => {
      throw new Error('no room');
    };
    const { catalog } = place.ports;
    Object.assign(catalog, { saveAuditEntry });
    expect((await call({})).statusCode).toBe(503);
    expect(await stored()).not.toHaveProperty('external');
  });
});

describe('an issuer that does not answer', () => {
  it('is a 503 for its tokens, and nothing for ours', async () => {
    issuer.behave('hangs');
    const answer = await call({});
    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '5' });
    expect(answer.headers).not.toHaveProperty('www-authenticate');
    const own = await place.as(username);
    expect((await own(...list)).statusCode).toBe(200);
  });
});

describe('where no issuer is trusted', () => {
  it('its tokens are not ours', async () => {
    await place.close();
    place = await openHttpPlace();
    const answer = await call({});
    expect(answer.statusCode).toBe(401);
    expect(answer.json.message).toContain('not one that this service issued');
  });
});

describe('without passwords', () => {
  it('nobody signs in by one, nor by a refresh token', async () => {
    await place.close();
    await open({ passwordSignIn: 'off' });
    for (const body of [{ USERNAME: username, PASSWORD: 'x' }, { AuthFlow: 'REFRESH_TOKEN_AUTH' }]) {
      const answer = await place.call('POST', '/', { body });
      expect(answer.statusCode).toBe(403);
      expect(answer.json.message).toContain('issuer');
    }
    expect((await call({})).statusCode).toBe(200);
  });
});

async function newDatabase(): Promise<{ id: string }> {
  const own = await place.as(username);
  return (await own('POST', '/v2/databases', { name: 'sales' })).json;
}
