import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, signInTo, uniqueName } from '../support/headgate-api.ts';
import { makeHttpClient } from '../support/http-client.ts';

jest.setTimeout(120_000);

interface Entry {
  readonly at: string;
  readonly actor: { readonly email: string };
  readonly source: string;
  readonly operation: string;
  readonly target: Readonly<Record<string, string>>;
  readonly made?: string;
  readonly request_id: string;
  readonly outcome: string;
  readonly status?: number;
}

describe('who changed what', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'facts', false, {});
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  const entriesOf = async (query: string) =>
    expectStatus(await api.get<{ resources: Entry[] }>(`/v2/audit?${query}`), 200).body.resources;

  it('is in the audit log, with where it came from and how it ended', async () => {
    const entry = (await entriesOf('operation=createDatabase')).find(({ made }) => made === databaseId)!;
    expect(entry).toMatchObject({ actor: { email: target.username }, target: {}, outcome: 'done', status: 201 });
    expect(entry.source).not.toBe('');
  });

  it('is there by the id of its request, for DROP TABLE too, and for what was refused', async () => {
    const [dropped, refused] = [uniqueName('drop'), uniqueName('refused')];
    const path = `/v2/databases/${databaseId}/query/sql`;
    const drop = { contentType: 'text/plain', headers: { 'x-headgate-request-id': dropped } };
    expectStatus(await api.post(path, 'DROP TABLE facts', drop), 200);
    const again = { headers: { 'x-headgate-request-id': refused } };
    expectStatus(await api.delete(`/v2/tables/${databaseId}/facts`, again), 404);
    const entries = await entriesOf('limit=100');
    const ofRequest = (id: string) => entries.filter(({ request_id }) => request_id === id);
    const statement = { database_id: databaseId, table: 'facts', statement: 'DROP TABLE' };
    expect(ofRequest(dropped)).toMatchObject([{ operation: 'querySqlDatabase', target: statement, outcome: 'done' }]);
    expect(ofRequest(refused)).toMatchObject([{ operation: 'deleteTable', outcome: 'refused', status: 404 }]);
  });

  it('has sign-ins, and names nobody who does not exist', async () => {
    const begun = new Date(Date.now() - 600_000).toISOString();
    const entries = await entriesOf(`operation=createToken&from=${begun}`);
    expect(entries.some(({ actor, outcome }) => actor.email === target.username && outcome === 'done')).toBe(true);
    expect(entries.every(({ actor }) => !actor.email.startsWith('nobody'))).toBe(true);
  });
});

describe('guessing a password', () => {
  it('ends after five tries, with the time after which to come again', async () => {
    const target = await openAcceptanceTarget();
    const anonymous = makeHttpClient(target.url);
    const guess = () => anonymous.post('/', { USERNAME: `${address}@example.com`, PASSWORD: 'wrong' });
    const address = uniqueName('guessed');
    for (let i = 0; i < 5; i += 1) expect((await guess()).status).toBe(401);
    const answer = await guess();
    expect(answer.status).toBe(429);
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(800);
    expect(answer.body).toMatchObject({ code: 'TooManyRequests', details: { retry_after_seconds: seconds } });
    await target.close();
  });
});
