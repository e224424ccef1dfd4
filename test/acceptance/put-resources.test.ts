import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { expectStatus, type HeadgateApi, signInTo, tableIsActive, uniqueName } from '../support/headgate-api.ts';

jest.setTimeout(120_000);

type Resource = Readonly<Record<string, unknown>>;

describe('PUT', () => {
  let target: AcceptanceTarget;
  let api: HeadgateApi;
  let databaseId: string;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
    api = await signInTo(target);
    databaseId = await api.createDatabase();
    await api.createTable(databaseId, 'items', true, { n: { type: 'int', min: -5 }, d: { type: 'decimal', scale: 2 } });
    await tableIsActive(api, databaseId, 'items');
  });
  afterAll(async () => {
    await api?.removeDatabase(databaseId);
    await target?.close();
  });

  const read = async (path: string) => expectStatus(await api.get<Resource>(path), 200).body;
  const put = (path: string, body: unknown) => api.request<Resource>('PUT', path, { body });

  it.each([
    ['/v1/deployments', 'deployment_status', 'deployment_options'],
    ['/v2/databases', 'database_status', 'database_options'],
  ])('of what %s/{id} shows, with one thing changed, changes that', async (base, status, options) => {
    const path = `${base}/${databaseId}`;
    const before = await read(path);
    const name = uniqueName('renamed');
    const renamed = expectStatus(await put(path, { ...before, name }), 200).body;
    expect(renamed).toEqual({ ...before, name, [status]: 'UPDATING', revision: expect.any(Number) });
    const seen = await read(path);
    expect(seen).toEqual({ ...before, name, [status]: 'RUNNING', revision: expect.any(Number) });
    expectStatus(await put(path, { ...seen, [options]: { ...(seen[options] as object), shape: '64GB' } }), 200);
    expect(await read(path)).toMatchObject({ name, [options]: { shape: '64GB' } });
  });

  it('holds at once: what was left out stays, and tables are made while it is UPDATING', async () => {
    const path = `/v2/databases/${databaseId}`;
    const { name } = await read(path);
    expectStatus(await put(path, { database_options: { sql_dialect: 'duckdb' } }), 200);
    await api.createTable(databaseId, 'at-once', false, {});
    expect(await read(path)).toMatchObject({ name, database_options: { sql_dialect: 'duckdb' } });
    expectStatus(await put(path, { database_options: { sql_dialect: 'featurebase' } }), 200);
  });

  it('that changes nothing is no change', async () => {
    const path = `/v2/databases/${databaseId}`;
    const before = await read(path);
    expect(expectStatus(await put(path, before), 200).body).toEqual(before);
    expect(await read(path)).toEqual(before);
  });

  it('frees the old name and keeps the new one unique', async () => {
    const [one, two, three] = ['one', 'two', 'three'].map(uniqueName);
    const made: string[] = [];
    const make = async (name: unknown) => {
      const { body } = expectStatus(await api.post<{ id: string }>('/v2/databases', { name }), 201);
      made.push(body.id);
      return `/v2/databases/${body.id}`;
    };
    const first = await make(one);
    await make(two);
    expect(await put(first, { name: two })).toMatchObject({ status: 409, body: { code: 'ResourceAlreadyExists' } });
    expectStatus(await put(first, { name: three }), 200);
    expect(await api.post('/v2/databases', { name: three })).toMatchObject({ status: 409 });
    await make(one);
    for (const id of made) expectStatus(await api.delete(`/v2/databases/${id}`), 202);
    expectStatus(await api.get(first), 404);
  });

  it.each<[Resource, string]>([
    [{ id: 'other' }, 'id'],
    [{ owner: 'somebody@else.example' }, 'owner'],
    [{ created_at: '2020-01-01T00:00:00Z' }, 'created_at'],
    [{ name: 'Not A Name' }, 'name'],
    [{ database_options: { shape: '', sql_dialect: 'mysql' } }, 'database_options.sql_dialect'],
  ])('of a database with %j is a 400 that names it', async (change, parameter) => {
    const path = `/v2/databases/${databaseId}`;
    const before = await read(path);
    const refused = await put(path, { ...before, ...change });
    expect(refused).toMatchObject({ status: 400, body: { code: 'InvalidParameter' } });
    expect(refused.text).toContain(parameter);
    expect(await read(path)).toEqual(before);
  });

  it('of a table changes its description', async () => {
    const path = `/v2/tables/${databaseId}/items`;
    const before = await read(path);
    const changed = { ...before, description: 'what there is: "all" of it' };
    expect(expectStatus(await put(path, changed), 200).body).toEqual(changed);
    expect(await read(path)).toEqual(changed);
    expect(expectStatus(await put(path, { description: null }), 200).body).toEqual({ ...before, description: '' });
  });

  it.each<[Resource, string]>([
    [{ name: 'other' }, 'name'],
    [{ options: { keys: false } }, 'options.keys'],
    [{ options: { version: 'time' } }, 'options.version'],
    [{ columns: [] }, 'columns'],
    [{ columns: [{ name: '_id' }, { name: 'n', type: 'string' }, { name: 'd' }] }, 'columns[1].type'],
    [{ database_id: 'other' }, 'database_id'],
  ])('of a table with %j is a 400 that names it', async (change, parameter) => {
    const refused = await put(`/v2/tables/${databaseId}/items`, { description: 'never', ...change });
    expect(refused).toMatchObject({ status: 400, body: { code: 'InvalidParameter', details: { parameter } } });
    expect(await read(`/v2/tables/${databaseId}/items`)).not.toMatchObject({ description: 'never' });
  });

  it.each(['/v2/databases/none', '/v1/deployments/none'])('of %s finds nothing', async (path) => {
    expectStatus(await put(path, { name: 'a' }), 404);
  });
});
