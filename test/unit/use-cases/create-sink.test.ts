import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { Database } from '../../../lambdas/domain/database.ts';
import type { DatabaseId } from '../../../lambdas/domain/ids.ts';
import type { Table } from '../../../lambdas/domain/table.ts';
import { createSink, type SinkRequest } from '../../../lambdas/use-cases/create-sink.ts';
import { getSink, listSinks } from '../../../lambdas/use-cases/read-sinks.ts';
import { getTable } from '../../../lambdas/use-cases/read-tables.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';

describe('creating a sink', () => {
  let plane: ControlPlane;
  let caller: Caller;
  let database: Database;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());
  beforeEach(async () => {
    plane.rowStore.makes = 'at once';
    caller = plane.newCaller();
    database = await plane.newDatabase(caller);
  });

  const stored = ({ databaseId, name }: Table) => getTable(plane.ports, caller, { databaseId, name });
  const v1Table = () => plane.newTable(caller, database, {}, 'undecided');
  const idField = { name: 'id', path: ['id'], type: { type: 'id' } } as const;
  const keyField = { name: 'key', path: ['key'], type: { type: 'string' } } as const;
  const byId: Partial<SinkRequest> = { createColumns: true, key: { kind: 'id', field: 'id' }, items: [idField] };
  const byKey: Partial<SinkRequest> = {
    createColumns: true,
    key: { kind: 'fields', fields: ['key'] },
    items: [keyField],
  };

  it('stores it with its mapping and echoes the schema', async () => {
    const table = await plane.newTable(caller, database, { n: { type: 'int' } });
    const schema = { id_field: '_id', anything: ['at', 'all'] };
    const items = [
      { name: '_id', path: ['id'] },
      { name: 'n', path: ['a', 'n'] },
    ];
    const sink = await plane.newSink(caller, table, { name: 'clicks', schema, items, allowMissingFields: false });
    expect(sink).toMatchObject({
      tenantId: caller.tenantId,
      databaseId: database.id,
      tableId: table.id,
      name: 'clicks',
      status: 'ACTIVE',
      mappingRevision: 1,
      schema,
      createdAt: '2026-01-02T03:04:05.000Z',
      createdBy: caller.email,
    });
    const view = await getSink(plane.ports, caller, { sinkId: sink.id });
    expect(view).toEqual({
      sink,
      database,
      table,
      mapping: {
        sinkId: sink.id,
        revision: 1,
        tableId: table.id,
        key: { kind: 'id', path: ['id'], name: '_id' },
        items: [{ columnId: 'c1', name: 'n', path: ['a', 'n'], type: { type: 'int' } }],
        allowMissingFields: false,
        partialAcceptance: false,
      },
    });
    expect(await listSinks(plane.ports, caller)).toEqual([view]);
  });

  it.each<[string, Partial<SinkRequest>, string, string]>([
    ['no name', { name: undefined }, 'missing_parameter', 'name'],
    ['a digit first', { name: '1sink' }, 'invalid_parameter', '"1sink"'],
    ['upper case', { name: 'Sink', nameDialect: 'v1' }, 'invalid_parameter', '"Sink"'],
    ['an unknown database', { databaseId: 'nope' as DatabaseId }, 'related_not_found', 'database "nope" not found'],
    ['an unknown table', { tableName: 'nope' }, 'related_not_found', 'table "nope" not found in database'],
    [
      'an unknown column',
      {
        items: [
          { name: '_id', path: ['id'] },
          { name: 'x', path: ['x'] },
        ],
      },
      'invalid_parameter',
      "'x' not found",
    ],
  ])('%s is refused', async (_name, request, kind, says) => {
    const table = await plane.newTable(caller, database);
    expect(await refusalOf(plane.newSink(caller, table, request))).toEqual({
      kind,
      message: expect.stringContaining(says),
    });
    expect(await listSinks(plane.ports, caller)).toEqual([]);
  });

  it.each(['1st_source', '-dash', '_under'])('%s is a name where columns are created, and no other', async (name) => {
    const table = await v1Table();
    expect(await plane.newSink(caller, table, { ...byId, name })).toMatchObject({ name });
    expect(await refusalOf(plane.newSink(caller, table, { name }))).toMatchObject({ kind: 'invalid_parameter' });
    expect(await plane.newSink(caller, table, { name: `2${name}`, nameDialect: 'v1' })).toMatchObject({
      status: 'ACTIVE',
    });
  });

  it('refuses a name twice in one database, before it touches the table', async () => {
    const table = await v1Table();
    await plane.newSink(caller, await plane.newTable(caller, database), { name: 'twice' });
    expect(await refusalOf(plane.newSink(caller, table, { ...byId, name: 'twice' }))).toEqual({
      kind: 'already_exists',
      message: expect.stringContaining("'twice' exists already"),
    });
    expect(await stored(table)).toEqual(table);
    const elsewhere = await plane.newTable(caller, await plane.newDatabase(caller));
    await plane.newSink(caller, elsewhere, { name: 'twice' });
  });

  it('refuses one of two of a name that are made at once', async () => {
    const table = await plane.newTable(caller, database);
    const made = await Promise.allSettled([1, 2].map(() => plane.newSink(caller, table, { name: 'twice' })));
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = made.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ kind: 'already_exists' });
  });

  it('is refused when its table goes meanwhile', async () => {
    const table = await plane.newTable(caller, database);
    const { catalog } = plane.ports;
    const going: typeof catalog = {
      ...catalog,
      createSink: async (...args) => {
        await catalog.deleteTable(caller.tenantId, table.id, '2026-01-02T03:04:05.000Z');
        return catalog.createSink(...args);
      },
    };
    const request = {
      databaseId: database.id,
      tableName: table.name,
      name: 'late',
      schema: {},
      key: { kind: 'mapped' },
      items: [{ name: '_id', path: ['id'] }],
      allowMissingFields: true,
      createColumns: false,
    } as const;
    expect(await refusalOf(createSink({ ...plane.ports, catalog: going }, caller, request))).toEqual({
      kind: 'related_not_found',
      message: expect.stringContaining(`table "${table.name}" not found`),
    });
    expect(await listSinks(plane.ports, caller)).toEqual([]);
  });

  it('waits for its database', async () => {
    const table = await plane.newTable(caller, database);
    await plane.ports.catalog.saveDatabase({ ...database, status: 'CREATING' });
    expect(await refusalOf(plane.newSink(caller, table))).toEqual({
      kind: 'incorrect_state',
      message: expect.stringContaining('CREATING'),
    });
  });

  it('is refused on a table that FAILED, with the cause', async () => {
    plane.rowStore.makes = { refuses: 'no room' };
    const table = await plane.newTable(caller, database);
    expect(await refusalOf(plane.newSink(caller, table))).toEqual({
      kind: 'incorrect_state',
      message: expect.stringContaining('no room'),
    });
  });

  describe('that makes its columns', () => {
    it.each([
      ['id', byId],
      ['string', byKey],
    ] as const)('decides that rows are named by %s, and the store is made', async (keyType, request) => {
      const table = await v1Table();
      const items = [...request.items!, { name: 'n', path: ['n'], type: { type: 'int' } } as const];
      expect(await plane.newSink(caller, table, { ...request, items })).toMatchObject({ status: 'ACTIVE' });
      expect(await stored(table)).toMatchObject({
        keyType,
        status: 'ACTIVE',
        columns: [{ id: 'c1', name: 'n', type: { type: 'int' } }],
      });
      expect(plane.rowStore.stores.get(table.id)).toBe('active');
    });

    it('is CREATING until the store that it needs is there', async () => {
      plane.rowStore.makes = 'slowly';
      const table = await v1Table();
      const sink = await plane.newSink(caller, table, byId);
      expect(sink.status).toBe('CREATING');
      expect(await stored(table)).toMatchObject({ status: 'CREATING' });
      plane.rowStore.finish();
      expect((await getSink(plane.ports, caller, { sinkId: sink.id })).sink.status).toBe('ACTIVE');
    });

    it('is FAILED with the cause when the store cannot be made', async () => {
      plane.rowStore.makes = { refuses: 'no room' };
      const sink = await plane.newSink(caller, await v1Table(), byId);
      expect(sink).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('no room') });
    });

    it.each([
      ['numbers', byId, byKey],
      ['text', byKey, byId],
    ])('a second one agrees that rows are named by %s, or is refused', async (_name, first, other) => {
      const table = await v1Table();
      await plane.newSink(caller, table, first);
      await plane.newSink(caller, table, first);
      expect(await refusalOf(plane.newSink(caller, table, other))).toEqual({
        kind: 'invalid_parameter',
        message: expect.stringMatching(/(?=.*\(id\))(?=.*\(string\))/),
      });
    });

    it('adds to the columns of others and shares those of the same type', async () => {
      const table = await v1Table();
      const item = (name: string) => ({ name, path: [name], type: { type: 'int' } }) as const;
      const make = (...names: string[]) =>
        plane.newSink(caller, table, { ...byId, items: [idField, ...names.map(item)] });
      await make('a', 'b');
      const second = await make('b', 'c');
      expect((await stored(table)).columns.map(({ id, name }) => `${id} ${name}`)).toEqual(['c1 a', 'c2 b', 'c3 c']);
      const { mapping } = await getSink(plane.ports, caller, { sinkId: second.id });
      expect(mapping.items.map(({ columnId }) => columnId)).toEqual(['c2', 'c3']);
    });

    it('keeps the columns of several made at once', async () => {
      const table = await v1Table();
      const names = ['a', 'b', 'c', 'd'];
      const sinks = await Promise.all(
        names.map((name) =>
          plane.newSink(caller, table, { ...byId, items: [idField, { name, path: [name], type: { type: 'bool' } }] }),
        ),
      );
      const { columns } = await stored(table);
      expect(columns.map(({ name }) => name).sort()).toEqual(names);
      for (const [i, { id }] of sinks.entries()) {
        const { mapping } = await getSink(plane.ports, caller, { sinkId: id });
        expect(mapping.items.map(({ columnId }) => columnId)).toEqual(
          columns.filter(({ name }) => name === names[i]).map((column) => column.id),
        );
      }
    });

    it('goes on when its last try broke off between table and sink', async () => {
      const table = await v1Table();
      const items = [idField, { name: 'n', path: ['n'], type: { type: 'int' } } as const];
      await plane.newSink(caller, table, { ...byId, items, name: 'first' });
      const before = await stored(table);
      await plane.newSink(caller, table, { ...byId, items, name: 'second' });
      expect(await stored(table)).toEqual(before);
    });
  });

  it('that maps _id decides the kind of key of an undecided table too', async () => {
    const table = await v1Table();
    await plane.newSink(caller, table, { key: { kind: 'fields', fields: ['_id'] } });
    expect(await stored(table)).toMatchObject({ keyType: 'string', status: 'ACTIVE' });
  });
});
