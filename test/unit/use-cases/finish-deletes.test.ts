import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../lambdas/domain/caller.ts';
import type { Database } from '../../../lambdas/domain/database.ts';
import type { SegmentId, TableId } from '../../../lambdas/domain/ids.ts';
import { apiTimeoutMs, consumerTimeoutMs, leftoverAgeMs } from '../../../lambdas/domain/limits.ts';
import { segmentKey } from '../../../lambdas/domain/segment.ts';
import type { Table } from '../../../lambdas/domain/table.ts';
import { type DeleteTablePorts, deleteTable } from '../../../lambdas/use-cases/delete-table.ts';
import { type FinishDeletesPorts, finishDeletes } from '../../../lambdas/use-cases/finish-deletes.ts';
import { settleTable } from '../../../lambdas/use-cases/settle.ts';
import { type ControlPlane, openControlPlane } from '../../support/control-plane.ts';
import { refusalOf } from '../../support/refusal-of.ts';

describe('deletes of tables', () => {
  let plane: ControlPlane;
  let caller: Caller;
  let database: Database;
  let table: Table;
  beforeAll(async () => {
    plane = await openControlPlane();
  });
  afterAll(() => plane?.close());
  beforeEach(async () => {
    plane.rowStore.makes = 'at once';
    caller = plane.newCaller();
    database = await plane.newDatabase(caller);
    table = await plane.newTable(caller, database);
  });

  const remove = (ports: DeleteTablePorts = plane.ports) =>
    deleteTable(ports, caller, { databaseId: database.id, name: table.name });
  const age = () => {
    plane.clock.ms += leftoverAgeMs;
  };
  const planted = async () => {
    throw new Error('planted');
  };

  async function addSegment(id: string): Promise<string> {
    const rowsKey = segmentKey(table.tenantId, table.id, id as SegmentId);
    await plane.ports.objects.putIfAbsent(rowsKey, new Uint8Array(1));
    const segment = { id: id as SegmentId, tableId: table.id, rowsKey, rows: 1, bytes: 1, columns: {}, createdAt: '' };
    await plane.ports.catalog.addSegment(segment);
    return rowsKey;
  }

  async function expectNothingLeft(keys: readonly string[]): Promise<void> {
    expect(plane.rowStore.stores.has(table.id)).toBe(false);
    expect(await plane.ports.catalog.currentSegments(table.id)).toEqual([]);
    for (const key of keys) expect(await plane.ports.objects.get(key)).toBeUndefined();
    expect(await plane.ports.catalog.listLeftovers()).toEqual([]);
  }

  /** Ports that fail or die at one step of a delete. */
  const broken: Record<string, () => DeleteTablePorts & FinishDeletesPorts> = {
    'dropping the store': () => ({ ...plane.ports, rowStore: { ...plane.rowStore, drop: planted } }),
    'reading the segments': () => ({
      ...plane.ports,
      catalog: { ...plane.ports.catalog, currentSegments: planted },
    }),
    'removing the files': () => ({ ...plane.ports, objects: { ...plane.ports.objects, delete: planted } }),
    'forgetting the segments': () => ({
      ...plane.ports,
      catalog: { ...plane.ports.catalog, forgetSegments: planted },
    }),
  };

  it.each(Object.keys(broken))('that break off at %s are finished by a later walk', async (step) => {
    const keys = [await addSegment('s1'), await addSegment('s2')];
    await expect(remove(broken[step]!())).rejects.toThrow('planted');
    expect(await refusalOf(remove())).toMatchObject({ kind: 'not_found' });
    age();
    expect(await finishDeletes(plane.ports)).toEqual([]);
    await expectNothingLeft(keys);
  });

  it.each(Object.keys(broken))('that break off again at %s are found by the walk after', async (step) => {
    const keys = [await addSegment('s1')];
    await expect(remove(broken[step]!())).rejects.toThrow('planted');
    age();
    const failed = [{ tenantId: table.tenantId, tableId: table.id, cause: new Error('planted') }];
    expect(await finishDeletes(broken[step]!())).toEqual(failed);
    expect(await plane.ports.catalog.listLeftovers()).toMatchObject([{ tableId: table.id }]);
    expect(await finishDeletes(plane.ports)).toEqual([]);
    await expectNothingLeft(keys);
  });

  it('that are done are looked at once more, and then never again', async () => {
    await remove();
    age();
    const { drop } = plane.rowStore.calls;
    expect(await finishDeletes(plane.ports)).toEqual([]);
    expect(plane.rowStore.calls.drop).toBe(drop + 1);
    expect(await finishDeletes(plane.ports)).toEqual([]);
    expect(plane.rowStore.calls.drop).toBe(drop + 1);
    await expectNothingLeft([]);
  });

  it('under way are not disturbed', async () => {
    const keys = [await addSegment('s1')];
    const { promise: dropping, resolve: drop } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const slow = {
      ...plane.rowStore,
      drop: async (id: TableId) => {
        reach();
        await dropping;
        await plane.rowStore.drop(id);
      },
    };
    const deleting = remove({ ...plane.ports, rowStore: slow });
    await reached;
    plane.clock.ms += leftoverAgeMs - 1;
    expect(await finishDeletes(plane.ports)).toEqual([]);
    expect(plane.rowStore.stores.has(table.id)).toBe(true);
    expect(await plane.ports.objects.get(keys[0]!)).toBeDefined();
    drop();
    await deleting;
    plane.clock.ms += 1;
    expect(await finishDeletes(plane.ports)).toEqual([]);
    await expectNothingLeft(keys);
  });

  it('are old to a walk only when no function can be at work on the table', () => {
    expect(leftoverAgeMs).toBeGreaterThan(5 * Math.max(apiTimeoutMs, consumerTimeoutMs));
  });

  it('are finished by two walks at once', async () => {
    const keys = [await addSegment('s1')];
    await expect(remove(broken['dropping the store']!())).rejects.toThrow('planted');
    age();
    expect(await Promise.all([finishDeletes(plane.ports), finishDeletes(plane.ports)])).toEqual([[], []]);
    await expectNothingLeft(keys);
  });

  it('one that cannot be finished stands in the way of no other', async () => {
    const other = await plane.newTable(caller, database);
    await expect(remove(broken['dropping the store']!())).rejects.toThrow('planted');
    await deleteTable(plane.ports, caller, { databaseId: database.id, name: other.name });
    age();
    const drop = (id: TableId) => (id === table.id ? planted() : plane.rowStore.drop(id));
    const failed = await finishDeletes({ ...plane.ports, rowStore: { drop } });
    expect(failed).toMatchObject([{ tableId: table.id }]);
    expect(await plane.ports.catalog.listLeftovers()).toMatchObject([{ tableId: table.id }]);
    expect(await finishDeletes(plane.ports)).toEqual([]);
  });

  it('are left to the next walk when time is short', async () => {
    await remove();
    age();
    expect(await finishDeletes(plane.ports, { isLate: () => true })).toEqual([]);
    expect(await plane.ports.catalog.listLeftovers()).toMatchObject([{ tableId: table.id }]);
    expect(await finishDeletes(plane.ports, { ageMs: 0 })).toEqual([]);
    await expectNothingLeft([]);
  });

  it('take along the store that a reader began to make meanwhile', async () => {
    const { promise: deleted, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    plane.rowStore.makes = 'slowly';
    const rowStore = {
      ...plane.rowStore,
      create: async (shape: Parameters<typeof plane.rowStore.create>[0]) => {
        reach();
        await deleted;
        await plane.rowStore.create(shape);
      },
    };
    await plane.rowStore.drop(table.id);
    const settling = settleTable({ ...plane.ports, rowStore }, { ...table, status: 'CREATING' });
    await reached;
    await remove();
    goOn();
    await settling;
    expect(plane.rowStore.stores.get(table.id)).toBe('creating');
    age();
    expect(await finishDeletes(plane.ports)).toEqual([]);
    await expectNothingLeft([]);
  });

  it('take along the segment that a batch under way wrote meanwhile', async () => {
    await remove();
    const keys = [await addSegment('late')];
    age();
    expect(await finishDeletes(plane.ports)).toEqual([]);
    await expectNothingLeft(keys);
  });
});
