import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { makeHttpClient } from '../support/http-client.ts';
import { type IssuerKey, type LocalIssuer, newIssuerKey, startLocalIssuer } from '../support/local-issuer.ts';
import { type Embedded, startEmbedded, startRefused } from '../support/start-embedded.ts';

/** The product as it is started, with an issuer beside it: over HTTP alone. */
describe('a host that trusts an external issuer', () => {
  let dataDir: string;
  let keys: readonly [IssuerKey, IssuerKey];
  let issuer: LocalIssuer;
  let host: Embedded;
  const start = () =>
    startEmbedded({
      dataDir,
      env: {
        HEADGATE_OIDC_ISSUER: issuer.url,
        HEADGATE_OIDC_AUDIENCE: 'headgate',
        HEADGATE_PASSWORD_SIGN_IN: 'off',
      },
    });
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'headgate-oidc-'));
    keys = [await newIssuerKey('k1'), await newIssuerKey('k2')];
    issuer = await startLocalIssuer(keys[0]);
    host = await start();
  });
  afterAll(async () => {
    await host?.stop();
    await issuer?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const boss = () => ({ sub: 'boss-there', email: host.username, email_verified: true });
  const as = async (claims: JWTPayload, key = keys[0]) =>
    makeHttpClient(host.url, `Bearer ${await issuer.token(claims, { key })}`);

  it('knows its first administrator by the address, binds them, and goes by the subject from then on', async () => {
    const early = await (await as(boss())).post('/v2/databases/none/query/sql', 'select 1');
    expect(early.status).toBe(401);
    const client = await as(boss());
    expect((await client.post('/v2/databases', { name: 'sales' })).status).toBe(201);
    expect((await (await as({ sub: 'boss-there' })).get('/v2/databases')).status).toBe(200);
    expect((await (await as({ ...boss(), sub: 'other' })).get('/v2/databases')).status).toBe(401);
    const log = await client.get<{ resources: { operation: string }[] }>('/v2/audit');
    expect(log.body.resources.map(({ operation }) => operation)).toEqual(['createDatabase', 'bindIdentity']);
  });

  it('lets nobody in by password', async () => {
    const answer = await makeHttpClient(host.url).post('/', { USERNAME: host.username, PASSWORD: host.password });
    expect(answer.status).toBe(403);
  });

  it('goes on when it is started anew, with a key that is new', async () => {
    await host.kill();
    issuer.published.splice(0, 1, keys[1]);
    host = await start();
    expect((await (await as({ sub: 'boss-there' }, keys[1])).get('/v2/databases')).status).toBe(200);
    expect((await (await as({ sub: 'boss-there' }, keys[0])).get('/v2/databases')).status).toBe(401);
  });

  it('says that it cannot check tokens while the issuer is down', async () => {
    await host.stop();
    host = await start();
    issuer.behave('fails');
    const answer = await (await as({ sub: 'boss-there' }, keys[1])).get('/v2/databases');
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    issuer.behave('well');
  });
});

it.each([
  [{ HEADGATE_OIDC_ISSUER: 'https://id.example.com' }, 'HEADGATE_OIDC_AUDIENCE'],
  [{ HEADGATE_OIDC_ISSUER: 'http://id.example.com', HEADGATE_OIDC_AUDIENCE: 'a' }, 'https://'],
  [{ HEADGATE_PASSWORD_SIGN_IN: 'off' }, 'nobody could sign in'],
])('a host does not come up with %j', async (env, says) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'headgate-oidc-'));
  const { code, output } = await startRefused(dataDir, env);
  expect(code).toBe(1);
  expect(output).toContain(says);
  await rm(dataDir, { recursive: true, force: true });
});
