import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../../lambdas/domain/audit.ts';
import { makeControlHandler } from '../../../lambdas/handlers/control/handler.ts';
import { makeIngestHandler } from '../../../lambdas/handlers/ingest/handler.ts';
import { makeQueryHandler } from '../../../lambdas/handlers/query/handler.ts';
import { isAudited } from '../../../lambdas/http/audit-trail.ts';
import type { ApiHandler } from '../../../lambdas/http/exchange.ts';
import type { HandlerPorts } from '../../../lambdas/http/handler-ports.ts';
import { routes } from '../../../lambdas/http/route-table.ts';
import { callApi } from '../../support/api-call.ts';
import { type Client, type HttpPlace, openHttpPlace, password, stranger, username } from '../../support/http-place.ts';
import { matrixCallers } from '../../support/matrix-callers.ts';

let place: HttpPlace;
let ann: Client;
beforeEach(async () => {
  place = await openHttpPlace();
  ann = await place.as(username);
});
afterEach(() => place.close());

/** Entries of Ann's tenant but sign-ins, oldest first, as the API shows them. */
async function entries(query = '') {
  const { json, statusCode } = await ann('GET', `/v2/audit${query}`);
  expect(statusCode).toBe(200);
  return (json.resources as { operation: string }[]).filter(({ operation }) => operation !== 'createToken').reverse();
}

/** A database with a table and a sink; the entries are those of making them. */
async function resources() {
  const databaseId: string = (await ann('POST', '/v2/databases', { name: 'sales' })).json.id;
  await ann('POST', `/v2/tables/${databaseId}`, { name: 'orders', columns: [{ name: 'n', type: 'int' }] });
  await ann('POST', `/v2/tables/${databaseId}`, { name: 'people', columns: [] });
  const schema = { id_field: '_id', allow_missing_fields: true, definition: [{ name: '_id' }, { name: 'n' }] };
  const sink = { name: 'in', sink_details: { database_id: databaseId, table: 'orders' }, schema };
  const sinkId: string = (await ann('POST', '/v2/sinks', sink)).json.id;
  return { databaseId, sinkId };
}

/** Calls a handler of one's own over the place's stores, with parts replaced. */
async function callWith(
  make: (ports: HandlerPorts) => ApiHandler,
  catalog: Partial<HandlerPorts['catalog']>,
  [method, path, body]: readonly [string, string, unknown?],
) {
  const { json } = await place.call('POST', '/', { body: { USERNAME: username, PASSWORD: password } });
  const handler = make({ ...place.ports, catalog: { ...place.ports.catalog, ...catalog } });
  const headers = { host: 'h', authorization: `Bearer ${json.AuthenticationResult.IdToken}` };
  return callApi(handler, method, path, { headers, ...(body !== undefined && { body }) });
}

describe('the audit log', () => {
  it('has an entry for what was made: who, when, what, and how it ended', async () => {
    const { json } = await ann('POST', '/v2/databases', { name: 'sales' }, { 'x-headgate-request-id': 'mine' });
    const [entry, ...others] = await entries();
    expect(others).toEqual([]);
    const user = await place.ports.catalog.findUserByEmail(username);
    expect(entry).toEqual({
      id: expect.any(String),
      at: expect.any(String),
      ended_at: expect.any(String),
      actor: { user_id: user!.id, email: username },
      source: '',
      operation: 'createDatabase',
      target: {},
      made: json.id,
      request_id: 'mine',
      outcome: 'done',
      status: 201,
    });
  });

  it('names the key that was used, and the address that the connection came from, whatever a header says', async () => {
    const callers = matrixCallers(place);
    const user = await place.ports.catalog.findUserByEmail(username);
    const { key, headers } = await callers.newKey(user!);
    const { databaseId } = await resources();
    await place.call('DELETE', `/v2/tables/${databaseId}/people`, {
      headers: { ...headers, 'x-forwarded-for': '203.0.113.9' },
      sourceIp: '192.0.2.7',
    });
    expect((await entries()).at(-1)).toMatchObject({
      actor: { user_id: user!.id, token_id: key.id },
      source: '192.0.2.7',
      operation: 'deleteTable',
      target: { database_id: databaseId, table: 'people' },
      outcome: 'done',
      status: 202,
    });
  });

  it('has what was refused: for want of rights, and by the operation itself', async () => {
    const { databaseId } = await resources();
    const callers = matrixCallers(place);
    const owner = await place.ports.catalog.findUserByEmail(username);
    const worker = await callers.newUser(owner!.tenantId, 'User');
    const headers = await callers.signIn(worker);
    const before = (await entries()).length;
    expect((await place.call('PUT', '/v2/quota', { headers, body: {} })).statusCode).toBe(403);
    expect((await ann('POST', '/v2/databases', { name: 'sales' })).statusCode).toBe(409);
    expect((await ann('DELETE', `/v2/databases/${databaseId}`)).statusCode).toBe(409);
    expect((await entries()).slice(before)).toMatchObject([
      { actor: { email: worker.email }, operation: 'putQuota', outcome: 'refused', status: 403 },
      { operation: 'createDatabase', outcome: 'refused', status: 409 },
      { operation: 'deleteDatabase', target: { database_id: databaseId }, outcome: 'refused', status: 409 },
    ]);
  });

  it('has none of reads, of bodies that are no JSON, and of who has no credentials', async () => {
    await ann('GET', '/v2/databases');
    await place.call('POST', '/v2/databases', { body: { name: 'x' } });
    await place.call('POST', '/v2/databases', { body: { name: 'x' }, headers: { authorization: 'Bearer none' } });
    expect(await entries()).toEqual([]);
  });

  it('is written before the change begins, and told its end before the answer goes out', async () => {
    const seen: (readonly AuditEntry[])[] = [];
    const { catalog } = place.ports;
    const { tenantId } = (await catalog.findUserByEmail(username))!;
    const createDatabase: typeof catalog.createDatabase = async (...args) => {
      seen.push(await catalog.listAuditEntries(tenantId, { limit: 1 }));
      return catalog.createDatabase(...args);
    };
    await callWith(makeControlHandler, { createDatabase }, ['POST', '/v2/databases', { name: 'sales' }]);
    expect(seen).toMatchObject([[{ operation: 'createDatabase', outcome: 'begun' }]]);
    expect(await entries()).toMatchObject([{ outcome: 'done' }]);
  });

  it('lets nothing be changed where it cannot be written', async () => {
    const saveAuditEntry = async () => {
      throw new Error('no room');
    };
    const answer = await callWith(makeControlHandler, { saveAuditEntry }, ['POST', '/v2/databases', { name: 'sales' }]);
    expect(answer.statusCode).toBe(503);
    expect(answer.json).toMatchObject({ code: 'ServiceUnavailable' });
    expect(answer.headers).toMatchObject({ 'retry-after': '1' });
    expect((await ann('GET', '/v2/databases')).json.resources).toEqual([]);
    expect(place.logged).toMatchObject([{ code: 'audit_failed', fields: { operation: 'createDatabase' } }]);
  });

  it('says begun of what nobody could tell the end of, and answers what was done', async () => {
    const { catalog } = place.ports;
    const saveAuditEntry: typeof catalog.saveAuditEntry = async (entry) => {
      if (entry.outcome !== 'begun') throw new Error('no room');
      await catalog.saveAuditEntry(entry);
    };
    const answer = await callWith(makeControlHandler, { saveAuditEntry }, ['POST', '/v2/databases', { name: 'sales' }]);
    expect(answer.statusCode).toBe(201);
    const [entry] = await entries();
    expect(entry).toMatchObject({ operation: 'createDatabase', outcome: 'begun' });
    expect(entry).not.toHaveProperty('ended_at');
  });

  it('says failed where the service is at fault', async () => {
    const createDatabase = async (): Promise<never> => {
      throw new Error('oh');
    };
    await callWith(makeControlHandler, { createDatabase }, ['POST', '/v2/databases', { name: 'sales' }]);
    expect(await entries()).toMatchObject([{ operation: 'createDatabase', outcome: 'failed', status: 500 }]);
  });

  it('is not written by records, deleted rows and queries', async () => {
    const { databaseId, sinkId } = await resources();
    const saveAuditEntry = async (): Promise<never> => {
      throw new Error('not for data');
    };
    for (const [make, method, path, body] of [
      [makeIngestHandler, 'POST', `/v2/sinks/${sinkId}`, { records: [{ value: { _id: 1, n: 1 } }] }],
      [makeIngestHandler, 'POST', `/v1/sinks/${sinkId}`, { records: [{ value: { _id: 2, n: 1 } }] }],
      [makeIngestHandler, 'DELETE', `/v2/tables/${databaseId}/orders/rows/1`, undefined],
      [makeQueryHandler, 'POST', `/v2/databases/${databaseId}/query/sql`, 'select * from orders'],
    ] as const) {
      const answer = await callWith(make, { saveAuditEntry }, [method, path, body]);
      expect([path, answer.statusCode < 300, answer.body.includes('"error"')]).toEqual([path, true, false]);
    }
  });

  it.each([
    ['/v2/databases/{}/query/sql', 'querySqlDatabase', (statement: string) => statement],
    ['/v2/databases/{}/query', 'queryDatabase', (statement: string) => ({ language: 'sql', statement })],
    ['/v1/deployments/{}/query', 'v1QueryDeployment', (statement: string) => ({ language: 'sql', statement })],
  ])('has DROP TABLE through %s, and how it ended', async (path, operation, bodyOf) => {
    const { databaseId } = await resources();
    const drop = (table: string) => ann('POST', path.replace('{}', databaseId), bodyOf(`drop table ${table}`));
    await drop('people');
    await drop('orders');
    const target = { database_id: databaseId, statement: 'DROP TABLE' };
    expect((await entries()).slice(-2)).toMatchObject([
      { operation, target: { ...target, table: 'people' }, outcome: 'done' },
      { operation, target: { ...target, table: 'orders' }, outcome: 'refused' },
    ]);
  });

  it('holds names and ids of the path, and nothing of a body or an answer but the id of what was made', async () => {
    const { databaseId } = await resources();
    await ann('PUT', '/v2/users/current/password', {
      current_password: password,
      new_password: 'hunter2 and its friends',
    });
    await ann('GET', `/v2/databases/${databaseId}`);
    const { tenantId } = (await place.ports.catalog.findUserByEmail(username))!;
    const stored = await place.ports.catalog.listAuditEntries(tenantId, { limit: 100 });
    const text = JSON.stringify(stored);
    for (const secret of [password, 'hunter2', 'allow_missing_fields', 'sales']) expect(text).not.toContain(secret);
    expect(stored.map(({ operation }) => operation)).toContain('putUserPassword');
  });

  it('cuts names that no resource has', async () => {
    await ann('DELETE', `/v2/databases/${'x'.repeat(5_000)}`);
    expect(await entries()).toMatchObject([
      { target: { database_id: 'x'.repeat(300) }, outcome: 'refused', status: 404 },
    ]);
  });
});

describe('reading it', () => {
  it('is for administrators, each of their own tenant', async () => {
    await ann('POST', '/v2/databases', { name: 'sales' });
    const bob = await place.as(stranger);
    expect((await bob('GET', '/v2/audit')).json.resources).toMatchObject([{ operation: 'createToken' }]);
    const callers = matrixCallers(place);
    const owner = await place.ports.catalog.findUserByEmail(username);
    const headers = await callers.signIn(await callers.newUser(owner!.tenantId, 'User'));
    expect((await place.call('GET', '/v2/audit', { headers })).statusCode).toBe(403);
  });

  it('gives pages, newest first, of what is asked for', async () => {
    for (const name of ['a', 'b', 'c']) await ann('POST', '/v2/databases', { name });
    const made = (await entries()).map((entry) => (entry as unknown as { made: string }).made);
    const first = (await ann('GET', '/v2/audit?operation=createDatabase&limit=2')).json;
    expect(first.resources.map((one: { made: string }) => one.made)).toEqual([made[2], made[1]]);
    const second = (await ann('GET', `/v2/audit?operation=createDatabase&limit=2&after=${first.next}`)).json;
    expect(second.resources.map((one: { made: string }) => one.made)).toEqual([made[0]]);
    expect(second.next).toBeUndefined();
  });

  it('by actor and time', async () => {
    await ann('POST', '/v2/databases', { name: 'a' });
    const user = await place.ports.catalog.findUserByEmail(username);
    expect(await entries(`?actor=${username.toUpperCase()}`)).toHaveLength(1);
    expect(await entries(`?actor=${user!.id}`)).toHaveLength(1);
    expect(await entries('?actor=nobody')).toEqual([]);
    const [{ at }] = (await entries()) as unknown as [{ at: string }];
    const next = new Date(Date.parse(at) + 1).toISOString();
    expect(await entries(`?from=${at}&to=${next}`)).toHaveLength(1);
    expect(await entries(`?from=${next}`)).toEqual([]);
    expect(await entries(`?to=${at}`)).toEqual([]);
  });

  it.each(['from=yesterday', 'to=1', 'limit=0', 'from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z'])(
    'refuses %s',
    async (query) => {
      expect((await ann('GET', `/v2/audit?${query}`)).json.code).toBe('InvalidParameter');
    },
  );
});

it('knows which routes change something', () => {
  const audited = routes.filter(isAudited).map(({ operation }) => operation);
  expect(audited).toEqual(expect.arrayContaining(['v1CreateSink', 'createReplay', 'putQuota', 'editQuarantined']));
  for (const operation of ['postDataRecords', 'deleteRow', 'querySqlDatabase', 'listQuarantine', 'createToken'])
    expect(audited).not.toContain(operation);
});
