import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Verb } from '../../../lambdas/domain/scope.ts';
import { type Route, routes } from '../../../lambdas/http/route-table.ts';
import { type HttpPlace, openHttpPlace, stranger, username } from '../../support/http-place.ts';
import { type Headers, matrixCallers } from '../../support/matrix-callers.ts';
import { matrixResources } from '../../support/matrix-resources.ts';

/** Every route of the product against everybody who may come: a new route is in it by being in the table. */
const closed = routes.filter(({ verb }) => verb !== 'open');
const named = (all: readonly Route[]) => all.map((route) => [`${route.method} ${route.path}`, route] as const);

/** Operations that no key opens: what they make would outlive it. */
const signedInOnly = ['postKey', 'postToken', 'v1CreateInvite', 'createInvite', 'resetUserPassword', 'putUser'];
/** Operations that answer a caller limited to some sinks, though their path names none: with less. */
const narrowed = ['v1ListSinks', 'listSinks', 'getReceipt', 'redriveReceipt'];
describe('who may do what', () => {
  let place: HttpPlace;
  let ours: Awaited<ReturnType<typeof matrixResources>>;
  /** By name: headers of callers who are nobody, or nobody any more. */
  let refused: ReadonlyMap<string, Headers>;
  let administrator: Headers;
  let user: Headers;
  let outsider: Headers;
  let limited: Headers;
  let without: ReadonlyMap<Verb, Headers>;
  let nowMs = Date.parse('2026-01-01T00:00:00Z');

  beforeAll(async () => {
    place = await openHttpPlace({ clock: { now: () => nowMs } });
    const { catalog } = place.ports;
    const callers = matrixCallers(place);
    const boss = (await catalog.findUserByEmail(username))!;
    const [worker, leaver, signedOut] = await Promise.all([
      callers.newUser(boss.tenantId, 'User'),
      callers.newUser(boss.tenantId, 'Administrator'),
      callers.newUser(boss.tenantId, 'Administrator'),
    ]);
    const expired = await callers.signIn(boss);
    nowMs += 2 * 3_600_000;
    const [deactivated, ended] = [await callers.signIn(leaver), await callers.signIn(signedOut)];
    const keyOfLeaver = await callers.newKey(leaver);
    await catalog.saveUser({ ...leaver, state: 'Deactivated' });
    await catalog.saveUser({ ...signedOut, sessions: 1 });
    const revokedAt = new Date(nowMs).toISOString();
    refused = new Map<string, Headers>([
      ['no token', {}],
      ['an empty token', { authorization: 'Bearer ' }],
      ['a bad token', { authorization: 'Bearer a.b.c' }],
      ['a bad key', { 'x-api-key': 'nonsense' }],
      ['an expired token', expired],
      ['an expired key', (await callers.newKey(boss, { expiresAt: revokedAt })).headers],
      ['a revoked key', (await callers.newKey(boss, { revokedAt })).headers],
      ['a token of a deactivated user', deactivated],
      ['a key of a deactivated user', keyOfLeaver.headers],
      ['a token of an ended session', ended],
    ]);
    administrator = await callers.signIn(boss);
    user = await callers.signIn(worker);
    outsider = await callers.signIn((await catalog.findUserByEmail(stranger))!);
    ours = await matrixResources(place, administrator, boss);
    without = await callers.keysWithout(boss);
    limited = await callers.limitedTo(boss, ours.otherSinkId);
  });
  afterAll(() => place?.close());

  const call = ({ method, path }: Route, headers: Headers, params: Readonly<Record<string, string>>) =>
    place.call(
      method,
      path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name]!)),
      {
        headers,
        ...(method !== 'GET' && { body: {} }),
      },
    );
  const nothing = new Proxy({}, { get: () => 'does-not-exist' });

  it('is asked with an id for every parameter that a path has', () => {
    const parameters = new Set(closed.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)));
    expect([...parameters].filter((name) => ours.params[name] === undefined)).toEqual([]);
  });

  it.each(named(closed))('%s answers 401 to nobody', async (_name, route) => {
    for (const [who, headers] of refused) {
      const { statusCode, json } = await call(route, headers, ours.params);
      const code = /^(no|an empty) token$/.test(who) ? 'MissingAuthenticationToken' : 'Unauthorized';
      expect([who, statusCode, json?.code]).toEqual([who, 401, code]);
    }
  });

  it.each(named(routes.filter(({ verb }) => verb === 'open')))('%s is open', async (_name, route) => {
    expect((await call(route, {}, nothing)).json?.code).not.toBe('MissingAuthenticationToken');
  });

  it.each(named(closed))('%s shows another tenant nothing of ours', async (_name, route) => {
    const { statusCode, body } = await call(route, outsider, ours.params);
    if (route.path.includes('{')) expect(statusCode).toBeGreaterThanOrEqual(400);
    // A body that lacks something is refused before anything is looked up: 400 then, else not found.
    if (statusCode >= 400) expect([400, 404, 405]).toContain(statusCode);
    // What the path named may come back in "... does not exist", and stands in the stranger's own audit log.
    const sent = Object.entries(ours.params)
      .filter(([name]) => route.operation === 'listAudit' || route.path.includes(`{${name}}`))
      .map(([, value]) => value);
    for (const text of ours.marks) if (!sent.includes(text)) expect(body).not.toContain(text);
  });

  it('lets nothing of ours be changed by it', async () => {
    expect(await ours.digest()).toEqual(ours.before);
  });

  it.each(named(closed))('%s is forbidden to a key without its verb', async (_name, route) => {
    for (const [verb, headers] of without) {
      const { statusCode, json } = await call(route, headers, nothing);
      if (verb === route.verb || signedInOnly.includes(route.operation))
        expect([statusCode, json.code]).toEqual([403, 'Forbidden']);
      else expect([verb, [401, 403].includes(statusCode)]).toEqual([verb, false]);
    }
  });

  it.each(named(closed))('%s is out of reach of a key for another sink', async (_name, route) => {
    const { statusCode, body } = await call(route, limited, ours.params);
    if (route.verb === 'any') expect(statusCode).not.toBe(403);
    else if (!narrowed.includes(route.operation)) expect(statusCode).toBe(403);
    else {
      expect([200, 404]).toContain(statusCode);
      expect(body).not.toContain(ours.params['sink_id']);
    }
  });

  it.each(named(closed))('%s is for users unless it administers', async (_name, route) => {
    const { statusCode } = await call(route, user, nothing);
    expect(statusCode === 403).toBe(route.verb === 'administer');
    expect(statusCode).not.toBe(401);
  });

  it.each(named(closed))('%s is for administrators', async (_name, route) => {
    const { statusCode } = await call(route, administrator, nothing);
    expect([401, 403]).not.toContain(statusCode);
    expect(statusCode).toBeLessThan(500);
  });
});
