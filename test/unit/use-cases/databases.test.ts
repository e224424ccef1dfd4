import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DatabaseId } from '../../../lambdas/domain/ids.ts';
import { databaseNameLengthMax, databasesPerTenantMax } from '../../../lambdas/domain/limits.ts';
import type { DatabaseRequest } from '../../../lambdas/use-cases/check-database.ts';
import { createDatabase } from '../../../lambdas/use-cases/create-database.ts';
import { deleteDatabase } from '../../../lambdas/use-cases/delete-database.ts';
import { getDatabase, listDatabases } from '../../../lambdas/use-cases/read-databases.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';

describe('databases', () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());

  it('is RUNNING at once, and the shape is echoed', async () => {
    const caller = plane.newCaller();
    const made = await createDatabase(plane.ports, caller, { name: 'iris', shape: '32GB prod' });
    expect(made).toMatchObject({
      tenantId: caller.tenantId,
      name: 'iris',
      shape: '32GB prod',
      sqlDialect: 'featurebase',
      status: 'RUNNING',
      createdAt: '2026-01-02T03:04:05.000Z',
      createdBy: caller.email,
    });
    expect(await getDatabase(plane.ports, caller, { databaseId: made.id })).toEqual(made);
  });

  it.each<[DatabaseRequest, Partial<DatabaseRequest>]>([
    [{ name: 'a' }, { shape: '8GB', sqlDialect: 'featurebase' }],
    [{ name: 'a', shape: '2048gb-PRODUCTION' }, { shape: '2048gb-PRODUCTION' }],
    [{ name: 'a', sqlDialect: 'duckdb' }, { sqlDialect: 'duckdb' }],
    [{ name: 'a'.repeat(databaseNameLengthMax) }, {}],
  ])('%j is taken', async (request, gives) => {
    expect(await createDatabase(plane.ports, plane.newCaller(), request)).toMatchObject(gives);
  });

  it.each<[DatabaseRequest, string, string]>([
    [{ name: undefined }, 'missing_parameter', 'name'],
    [{ name: null }, 'missing_parameter', 'name'],
    [{ name: 5 }, 'invalid_parameter', '5'],
    [{ name: '' }, 'invalid_parameter', 'empty'],
    [{ name: 'Iris' }, 'invalid_parameter', '"Iris"'],
    [{ name: 'a'.repeat(databaseNameLengthMax + 1) }, 'invalid_parameter', String(databaseNameLengthMax)],
    [{ name: 'a', shape: '' }, 'invalid_parameter', 'shape'],
    [{ name: 'a', shape: 8 }, 'invalid_parameter', 'not 8'],
    [{ name: 'a', shape: '7GB' }, 'invalid_parameter', '8GB, 32GB, 64GB'],
    [{ name: 'a', sqlDialect: 'mysql' }, 'invalid_parameter', '"mysql"'],
  ])('%j is refused with %s', async (request, kind, says) => {
    const refusal = await refusalOf(createDatabase(plane.ports, plane.newCaller(), request));
    expect(refusal).toEqual({ kind, message: expect.stringContaining(says) });
  });

  it('refuses a name twice in one tenant and takes it in another', async () => {
    const caller = plane.newCaller();
    await createDatabase(plane.ports, caller, { name: 'twice' });
    expect(await refusalOf(createDatabase(plane.ports, caller, { name: 'twice' }))).toEqual({
      kind: 'already_exists',
      message: expect.stringContaining("'twice'"),
    });
    await createDatabase(plane.ports, plane.newCaller(), { name: 'twice' });
  });

  it('lists in order of creation, up to the limit of a tenant', async () => {
    const caller = plane.newCaller();
    const names = Array.from({ length: databasesPerTenantMax }, (_, i) => `d${(i * 37) % databasesPerTenantMax}`);
    for (const name of names) await createDatabase(plane.ports, caller, { name });
    expect((await listDatabases(plane.ports, caller)).map(({ name }) => name)).toEqual(names);
    expect(await refusalOf(createDatabase(plane.ports, caller, { name: 'more' }))).toEqual({
      kind: 'limit_exceeded',
      message: expect.stringContaining(`${databasesPerTenantMax} are allowed`),
    });
    const { id } = (await listDatabases(plane.ports, caller))[0]!;
    await deleteDatabase(plane.ports, caller, { databaseId: id });
    await createDatabase(plane.ports, caller, { name: 'more' });
  });

  it('is deleted once it has no tables, and then is not found', async () => {
    const caller = plane.newCaller();
    const database = await plane.newDatabase(caller);
    const place = { databaseId: database.id };
    const table = await plane.newTable(caller, database);
    expect(await refusalOf(deleteDatabase(plane.ports, caller, place))).toEqual({
      kind: 'incorrect_state',
      message: expect.stringContaining(`'${table.name}'`),
    });
    await plane.ports.catalog.deleteTable(caller.tenantId, table.id, '2026-01-02T03:04:05.000Z');
    await deleteDatabase(plane.ports, caller, place);
    for (const call of [getDatabase, deleteDatabase])
      expect(await refusalOf(call(plane.ports, caller, place))).toMatchObject({ kind: 'not_found' });
    expect(await listDatabases(plane.ports, caller)).toEqual([]);
  });

  it('names no more than ten of the tables in the way', async () => {
    const caller = plane.newCaller();
    const database = await plane.newDatabase(caller);
    for (let i = 0; i < 12; i += 1) await plane.newTable(caller, database);
    const { message } = await refusalOf(deleteDatabase(plane.ports, caller, { databaseId: database.id }));
    expect(message.match(/'table\d+'/g)).toHaveLength(10);
    expect(message).toContain(' and 2 more.');
  });

  it('shows no more than 40 characters of an id that is not found', async () => {
    const databaseId = 'x'.repeat(500) as DatabaseId;
    const { message } = await refusalOf(getDatabase(plane.ports, plane.newCaller(), { databaseId }));
    expect(message.length).toBeLessThan(80);
  });
});
