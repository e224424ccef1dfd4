import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type HeadgateApi, signInTo, uniqueName } from '../support/headgate-api.ts';
import { makeHttpClient } from '../support/http-client.ts';
import { type Embedded, startEmbedded } from '../support/start-embedded.ts';
import { waitUntil } from '../support/wait-until.ts';

jest.setTimeout(120_000);

/** Stands in values, and nowhere else. */
const canary = 'canary-4f1b9c';

describe('what a running product writes down', () => {
  let product: Embedded;
  let api: HeadgateApi;
  let sinkId: string;
  let databaseId: string;
  /** What opens something. */
  const secrets: string[] = [];
  beforeAll(async () => {
    product = await startEmbedded();
    api = await signInTo({ ...product, close: product.stop });
    secrets.push(product.password, api.idToken);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'things', true, { n: { type: 'int' }, at: { type: 'timestamp' } });
    const items = ['_id', 'n', 'at'].map((name) => ({ name, path: [name] }));
    sinkId = (await api.createSink(databaseId, 'things', items, false)).id;
  });
  afterAll(() => product?.stop());

  it('has no password, token or key in it, whether right or wrong', async () => {
    const anonymous = makeHttpClient(product.url);
    const signIns = [
      { USERNAME: product.username, PASSWORD: `${canary}-guess` },
      { USERNAME: `${canary}@example.com`, PASSWORD: `${canary}-guess` },
      { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: `${canary}.a.b` } },
      `{"USERNAME": "${canary}", "PASSWORD": ${canary}}`,
    ];
    for (const body of signIns) expect((await anonymous.post('/', body)).status).toBeGreaterThanOrEqual(400);
    for (const authorization of [canary, `Bearer ${canary}`, `Bearer ${canary}.${canary}.${canary}`, `Basic ${canary}`])
      expect((await anonymous.get('/v2/sinks', { authorization })).status).toBe(401);
    expect((await anonymous.get('/v2/sinks', { headers: { 'x-api-key': canary } })).status).toBe(401);
    const tokens = await anonymous.post<{ AuthenticationResult: Record<string, string> }>('/', {
      USERNAME: product.username,
      PASSWORD: product.password,
    });
    const { IdToken, AccessToken, RefreshToken } = tokens.body.AuthenticationResult;
    secrets.push(IdToken!, AccessToken!, RefreshToken!);
  });

  it('nor one that it has made, used and revoked', async () => {
    const key = await api.post<{ id: string; secret: string }>('/v2/users/current/keys', { description: 'a producer' });
    const token = await api.post<{ id: string; secret: string }>('/v2/tokens', {
      description: 'a pipeline',
      scope: { verbs: ['read'] },
    });
    const invite = await api.post<{ token: string }>('/v2/invites', { email: `${uniqueName('ivy')}@example.com` });
    expect([key.status, token.status, invite.status]).toEqual([201, 201, 201]);
    const made = [key.body.secret, token.body.secret, invite.body.token];
    for (const secret of made) expect(secret.length).toBeGreaterThan(30);
    secrets.push(...made);
    const anonymous = makeHttpClient(product.url);
    for (const secret of [key.body.secret, token.body.secret])
      expect((await anonymous.get('/v2/sinks', { headers: { 'x-api-key': secret } })).status).toBe(200);
    await anonymous.post('/v2/invites/accept', { token: invite.body.token, password: canary.slice(0, 5) });
    const password = `${canary} and some more words`;
    expect((await anonymous.post('/v2/invites/accept', { token: invite.body.token, password })).status).toBe(200);
    secrets.push(password);
    expect((await api.delete(`/v2/users/current/keys/${key.body.id}`)).status).toBeLessThan(300);
    const revoked = await anonymous.get('/v2/sinks', { headers: { 'x-api-key': key.body.secret } });
    expect(revoked.status).toBe(401);
  });

  it('has no value of records, good or refused', async () => {
    const good = { _id: canary, n: 1, at: '2026-01-01T00:00:00Z' };
    await api.load(sinkId, [good]);
    const bad = [
      [{ ...good, n: canary }],
      [{ ...good, at: canary }],
      [{ _id: canary }],
      [{ ...good, _id: { canary } }],
      [good, { ...good, n: 1e300, extra: canary }],
    ];
    for (const values of bad) expect((await api.send(sinkId, values)).body.error_count).toBeGreaterThan(0);
    const bodies = [`{"records": ["${canary}"`, `${canary}`, `{"records": {"value": "${canary}"}}`, `["${canary}"]`];
    for (const body of bodies) expect((await api.post(`/v2/sinks/${sinkId}`, body)).status).toBe(400);
  });

  it('has no literal of a query, nor a name that is none', async () => {
    const query = (text: string) => api.post(`/v2/databases/${databaseId}/query/sql`, text);
    for (const text of [
      `select n from things where _id = '${canary}'`,
      `select cast('${canary}' as int) from things`,
      `select ${canary} from things`,
      `'${canary}`,
    ])
      await query(text);
    await api.get(`/v2/tables/${databaseId}/things/rows/${canary}`);
    await api.post('/v2/databases', { name: `Ä${canary}` });
    await api.get(`/v2/${canary}?token=${canary}`);
  });

  it('not even when something here breaks', async () => {
    for (const file of filesBelow(join(product.dataDir)).filter((name) => name.endsWith('.parquet'))) rmSync(file);
    const broken = await api.post(
      `/v2/databases/${databaseId}/query/sql`,
      `select n, count(*) from things where _id = '${canary}' or n = length('${uniqueName(canary)}') group by n`,
    );
    expect(broken.status).toBe(500);
    await waitUntil('the failure is logged', async () =>
      product.printed().includes('request_failed') ? true : undefined,
    );
  });

  it('in all it printed', () => {
    const lines = product.printed().split('\n');
    const telling = lines.filter((line) => [canary, ...secrets].some((secret) => line.includes(secret)));
    expect(telling).toEqual([]);
  });

  it('and no secret is in a file of the data folder', async () => {
    await product.kill();
    const telling = filesBelow(product.dataDir).filter((file) => {
      const bytes = readFileSync(file);
      return secrets.some((secret) => bytes.includes(secret));
    });
    expect(telling).toEqual([]);
    rmSync(product.dataDir, { recursive: true, force: true });
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
