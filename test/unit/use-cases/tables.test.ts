import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import type { Database } from '../../../lambdas/domain/database.ts';
import type { ColumnId, DatabaseId, SegmentId, TableId } from '../../../lambdas/domain/ids.ts';
import { columnsPerTableMax } from '../../../lambdas/domain/limits.ts';
import type { Segment } from '../../../lambdas/domain/segment.ts';
import { createTable, type TableRequest } from '../../../lambdas/use-cases/create-table.ts';
import { deleteSink } from '../../../lambdas/use-cases/delete-sink.ts';
import { deleteTable } from '../../../lambdas/use-cases/delete-table.ts';
import { getTable, listTables } from '../../../lambdas/use-cases/read-tables.ts';
import { settleTable } from '../../../lambdas/use-cases/settle.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';

const int: ColumnType = { type: 'int' };

describe('tables', () => {
  let plane: ControlPlane;
  let caller: Caller;
  let database: Database;
  let storesBefore: number;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());
  beforeEach(async () => {
    plane.rowStore.makes = 'at once';
    storesBefore = plane.rowStore.stores.size;
    caller = plane.newCaller();
    database = await plane.newDatabase(caller);
  });

  const request = (more: Partial<TableRequest> = {}): TableRequest => ({
    databaseId: database.id,
    name: 'items',
    description: 'things',
    keyType: 'id',
    trackExistence: true,
    columns: [],
    ...more,
  });
  const create = (more: Partial<TableRequest> = {}) => createTable(plane.ports, caller, request(more));
  const place = () => ({ databaseId: database.id, name: 'items' });

  it('gives columns ids in their order', async () => {
    const columns = [
      { name: 'n', type: int },
      { name: 'tags', type: { type: 'stringset' } as const },
    ];
    const table = await create({ columns, keyType: 'string' });
    expect(table).toMatchObject({
      name: 'items',
      description: 'things',
      keyType: 'string',
      trackExistence: true,
      columns: [
        { id: 'c1', name: 'n', type: int },
        { id: 'c2', name: 'tags', type: { type: 'stringset' } },
      ],
      nextColumn: 3,
      status: 'ACTIVE',
    });
    expect(await getTable(plane.ports, caller, place())).toEqual(table);
    expect(plane.rowStore.stores.get(table.id)).toBe('active');
  });

  it('has no row store and is ACTIVE while its kind of key is undecided', async () => {
    const { keyType: _, ...undecided } = request();
    const table = await createTable(plane.ports, caller, undecided);
    expect(table).toMatchObject({ status: 'ACTIVE' });
    expect(table.keyType).toBeUndefined();
    expect(plane.rowStore.stores.has(table.id)).toBe(false);
  });

  it.each<[string, Partial<TableRequest>, string, string]>([
    ['no name', { name: undefined }, 'missing_parameter', 'name'],
    ['a digit first', { name: '1items' }, 'invalid_parameter', '"1items"'],
    ['a reserved name', { name: '_items' }, 'invalid_parameter', '"_items"'],
    [
      'a column twice',
      {
        columns: [
          { name: 'a', type: int },
          { name: 'a', type: int },
        ],
      },
      'invalid_parameter',
      "duplicate column 'a'",
    ],
    ['_id as a column', { columns: [{ name: '_id', type: { type: 'id' } }] }, 'invalid_parameter', '"_id"'],
    ['a column in upper case', { columns: [{ name: 'A', type: int }] }, 'invalid_parameter', '"A"'],
    [
      'a wrong type',
      { columns: [{ name: 'a', type: { type: 'decimal', scale: 40 } }] },
      'invalid_parameter',
      "Column 'a': the scale",
    ],
    [
      'too many columns',
      { columns: manyColumns(columnsPerTableMax + 1) },
      'limit_exceeded',
      `${columnsPerTableMax} columns`,
    ],
    ['an unknown database', { databaseId: 'nope' as DatabaseId }, 'not_found', '"nope"'],
  ])('%s is refused', async (_name, more, kind, says) => {
    expect(await refusalOf(create(more))).toEqual({ kind, message: expect.stringContaining(says) });
    expect(await listTables(plane.ports, caller, { databaseId: database.id })).toEqual([]);
  });

  it('takes as many columns as it may have', async () => {
    expect((await create({ columns: manyColumns(columnsPerTableMax) })).columns).toHaveLength(columnsPerTableMax);
  });

  it('refuses a name twice in one database and takes it in another', async () => {
    await create();
    expect(await refusalOf(create())).toEqual({
      kind: 'already_exists',
      message: expect.stringContaining("'items' exists already"),
    });
    await create({ databaseId: (await plane.newDatabase(caller)).id });
  });

  it('is not made in a database that goes meanwhile', async () => {
    const { catalog } = plane.ports;
    const going: typeof catalog = {
      ...catalog,
      createTable: async (table) => {
        await catalog.deleteDatabase(caller.tenantId, database.id);
        return catalog.createTable(table);
      },
    };
    expect(await refusalOf(createTable({ ...plane.ports, catalog: going }, caller, request()))).toMatchObject({
      kind: 'not_found',
    });
    expect(plane.rowStore.stores.size).toBe(storesBefore);
  });

  it.each(['CREATING', 'FAILED', 'DELETING'] as const)('waits for its database, which is %s', async (status) => {
    await plane.ports.catalog.saveDatabase({ ...database, status });
    expect(await refusalOf(create())).toEqual({ kind: 'incorrect_state', message: expect.stringContaining(status) });
  });

  it('is CREATING until its store is there, then ACTIVE, and then reads ask the store no more', async () => {
    plane.rowStore.makes = 'slowly';
    expect(await create()).toMatchObject({ status: 'CREATING' });
    expect(await getTable(plane.ports, caller, place())).toMatchObject({ status: 'CREATING' });
    plane.rowStore.finish();
    expect(await listTables(plane.ports, caller, { databaseId: database.id })).toMatchObject([{ status: 'ACTIVE' }]);
    const { status, create: creates } = plane.rowStore.calls;
    expect(await getTable(plane.ports, caller, place())).toMatchObject({ status: 'ACTIVE' });
    expect(plane.rowStore.calls).toMatchObject({ status, create: creates });
  });

  it('makes the store at the next read when its create broke off before it', async () => {
    const id = 'broken-off' as TableId;
    const { databaseId, description } = request();
    await plane.ports.catalog.createTable({
      id,
      tenantId: caller.tenantId,
      databaseId,
      name: 'items',
      description,
      keyType: 'id',
      trackExistence: true,
      columns: [],
      nextColumn: 1,
      status: 'CREATING',
      createdAt: '',
      createdBy: '',
      revision: 1,
    });
    expect(await getTable(plane.ports, caller, place())).toMatchObject({ id, status: 'ACTIVE' });
    expect(plane.rowStore.stores.get(id)).toBe('active');
  });

  it('is FAILED with the cause when the store cannot be made, and can be deleted', async () => {
    plane.rowStore.makes = { refuses: `no room ${'x'.repeat(1_000)}` };
    const table = await create();
    expect(table.status).toBe('FAILED');
    expect(table.cause).toMatch(/^The row store could not be made: no room x{1,200}$/);
    plane.rowStore.makes = 'at once';
    expect(await getTable(plane.ports, caller, place())).toMatchObject({ status: 'FAILED', cause: table.cause });
    await deleteTable(plane.ports, caller, place());
    expect(await create()).toMatchObject({ status: 'ACTIVE' });
  });

  it('stays CREATING while its store cannot be made for a reason that may pass, and is ACTIVE once it can', async () => {
    plane.rowStore.makes = 'not now';
    expect(await create()).toMatchObject({ status: 'CREATING' });
    expect(await getTable(plane.ports, caller, place())).toMatchObject({ status: 'CREATING' });
    plane.rowStore.makes = 'at once';
    expect(await getTable(plane.ports, caller, place())).toMatchObject({ status: 'ACTIVE' });
  });

  it('leaves no store behind when it is deleted while a read makes it', async () => {
    plane.rowStore.makes = 'slowly';
    const table = await create();
    plane.rowStore.finish();
    await plane.ports.catalog.deleteTable(caller.tenantId, table.id, '2026-01-02T03:04:05.000Z');
    expect(await settleTable(plane.ports, table)).toBeUndefined();
    expect(plane.rowStore.stores.has(table.id)).toBe(false);
  });

  it('is not deleted while it has sinks, also while one drains, and names them', async () => {
    const table = await create();
    const [kept, draining] = [await plane.newSink(caller, table), await plane.newSink(caller, table)];
    const receipt = plane.queuedReceipt(draining);
    await plane.ports.catalog.openReceipt(receipt);
    await deleteSink(plane.ports, caller, { sinkId: draining.id });
    expect(await refusalOf(deleteTable(plane.ports, caller, place()))).toEqual({
      kind: 'incorrect_state',
      message: expect.stringMatching(new RegExp(`sinks: '${kept.name}', '${draining.name}'`)),
    });
    await deleteSink(plane.ports, caller, { sinkId: kept.id });
    expect(await refusalOf(deleteTable(plane.ports, caller, place()))).toMatchObject({ kind: 'incorrect_state' });
    const result = {
      receiptId: receipt.id,
      sinkId: draining.id,
      state: 'visible',
      written: 1,
      superseded: 0,
      quarantined: 0,
      changed: 0,
      at: '',
    } as const;
    await plane.ports.catalog.closeReceipts([{ receipt, result }]);
    await deleteTable(plane.ports, caller, place());
    expect(await refusalOf(deleteTable(plane.ports, caller, place()))).toMatchObject({ kind: 'not_found' });
    expect(await refusalOf(getTable(plane.ports, caller, place()))).toMatchObject({ kind: 'not_found' });
  });

  it('takes its store, segments and files with it', async () => {
    const table = await create();
    const { catalog, objects } = plane.ports;
    const segments = ['s1', 's2', 's3'].map((id): Segment => {
      const rowsKey = `segments/${table.id}/${id}/rows.parquet`;
      return {
        id: id as SegmentId,
        tableId: table.id,
        rowsKey,
        rows: 1,
        bytes: 1,
        columns: { ['c1' as ColumnId]: 'row' },
        createdAt: '',
      };
    });
    for (const { rowsKey } of segments) await objects.putIfAbsent(rowsKey, new Uint8Array([1]));
    await catalog.addSegment(segments[0]!);
    await catalog.addSegment(segments[1]!);
    await catalog.replaceSegments(table.id, [segments[0]!.id], segments[2]!, '2026-01-02T03:04:05.000Z');
    await deleteTable(plane.ports, caller, place());
    expect([await catalog.currentSegments(table.id), await catalog.coveredSegments(table.id)]).toEqual([[], []]);
    for (const { rowsKey } of segments) expect(await objects.get(rowsKey)).toBeUndefined();
    expect(plane.rowStore.stores.has(table.id)).toBe(false);
  });

  it('keeps what it cannot check: a list of an unknown database is not found', async () => {
    expect(await refusalOf(listTables(plane.ports, caller, { databaseId: 'nope' as DatabaseId }))).toMatchObject({
      kind: 'not_found',
    });
  });
});

function manyColumns(count: number) {
  return Array.from({ length: count }, (_, i) => ({ name: `n${i}`, type: int }));
}
