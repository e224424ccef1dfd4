import { describe, expect, it } from '@jest/globals';
import type { DatabaseId, SinkId, TableId, TenantId } from '../../lambdas/domain/ids.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { databasesSuite } from './catalog-databases-suite.ts';
import { aDatabase, aMapping, aSink, aTable, ours, theirs } from './catalog-entities.ts';

const racers = Array.from({ length: 50 }, (_, i) => i);
/** When sinks and tables are deleted here: the harness's clock stands on this day. */
const at = '2026-11-21T12:00:00Z';
const conflict = { name: 'RevisionConflict' };

/** Databases, tables and what they leave, sinks and mappings. */
export function resourcesSuite(catalog: () => Catalog): void {
  describe('databases', () => databasesSuite(catalog));
  describe('tables', () => describeTables(catalog));
  describe('leftovers', () => describeLeftovers(catalog));
  describe('sinks', () => describeSinks(catalog));
}

function describeTables(catalog: () => Catalog): void {
  it('in order of creation, by id and by name', async () => {
    for (const id of ['d1', 'd2']) await catalog().createDatabase(aDatabase({ id, name: id }));
    const tables = ['t1', 't2', 't3'].map((id) => aTable({ id, name: `z${9 - Number(id[1])}` }));
    for (const table of tables.toReversed()) expect(await catalog().createTable(table)).toBeUndefined();
    const other = aTable({ id: 't4', name: 'z8', databaseId: 'd2' });
    expect(await catalog().createTable(other)).toBeUndefined();
    const { databaseId } = tables[0]!;
    expect(await catalog().listTables(ours, databaseId)).toEqual(tables);
    expect(await catalog().listTables(theirs, databaseId)).toEqual([]);
    expect(await catalog().findTable(ours, tables[1]!.id)).toEqual(tables[1]);
    expect(await catalog().findTable(theirs, tables[1]!.id)).toBeUndefined();
    expect(await catalog().findTableByName(ours, databaseId, 'z7')).toEqual(tables[1]);
    expect(await catalog().findTableByName(ours, databaseId, 'none')).toBeUndefined();
    expect(await catalog().findTableByName(theirs, databaseId, 'z7')).toBeUndefined();
  });

  it('one of a name in a database, many of many names at once', async () => {
    await catalog().createDatabase(aDatabase());
    const same = await Promise.all(racers.map((i) => catalog().createTable(aTable({ id: `t${i}` }))));
    expect(same.filter((end) => end === undefined)).toHaveLength(1);
    expect(same.filter((end) => end === 'name_taken')).toHaveLength(49);
    const many = racers.map((i) => aTable({ id: `u${i}`, name: `name${i}` }));
    const ends = await Promise.all(many.map((table) => catalog().createTable(table)));
    expect(ends.filter((end) => end !== undefined)).toEqual([]);
    expect(await catalog().listTables(ours, aDatabase().id)).toHaveLength(51);
  });

  it('never in a database that is not there, another tenant’s, or going', async () => {
    expect(await catalog().createTable(aTable())).toBe('parent_gone');
    await catalog().createDatabase(aDatabase({ status: 'DELETING' }));
    expect(await catalog().createTable(aTable())).toBe('parent_gone');
    expect(await catalog().createTable(aTable({ tenantId: theirs }))).toBe('parent_gone');
    expect(await catalog().findTable(ours, aTable().id)).toBeUndefined();
  });

  it('saved over the revision that was read', async () => {
    await catalog().createDatabase(aDatabase());
    await catalog().createTable(aTable());
    const saved = await catalog().saveTable({ ...aTable(), columns: [], nextColumn: 3 });
    expect(saved).toEqual({ ...aTable(), columns: [], nextColumn: 3, revision: 2 });
    expect(await catalog().findTableByName(ours, saved.databaseId, saved.name)).toEqual(saved);
    await expect(catalog().saveTable(aTable())).rejects.toMatchObject(conflict);
    await catalog().deleteTable(ours, saved.id, at);
    await expect(catalog().saveTable(saved)).rejects.toMatchObject(conflict);
    expect(await catalog().findTable(ours, saved.id)).toBeUndefined();
  });

  it('not deleted while they have sinks; their name is free afterwards', async () => {
    await catalog().createDatabase(aDatabase());
    for (const id of ['t1', 't2']) await catalog().createTable(aTable({ id, name: id }));
    await catalog().createSink(aSink({ id: 's2', name: 'b' }), aMapping({ sinkId: 's2' }));
    await catalog().createSink(aSink({ id: 's1', name: 'a' }), aMapping({ sinkId: 's1' }));
    expect(await catalog().deleteTable(ours, 't1' as TableId, at)).toEqual({ children: ['a', 'b'] });
    expect(await catalog().deleteTable(ours, 't2' as TableId, at)).toBeUndefined();
    expect(await catalog().deleteTable(ours, 't2' as TableId, at)).toBe('absent');
    expect(await catalog().deleteTable(theirs, 't1' as TableId, at)).toBe('absent');
    for (const id of ['s1', 's2'] as SinkId[]) await catalog().deleteSink(ours, id, at);
    expect(await catalog().deleteTable(ours, 't1' as TableId, at)).toBeUndefined();
    expect(await catalog().createTable(aTable({ id: 't3', name: 't1' }))).toBeUndefined();
    expect(await catalog().listTables(ours, 'd1' as DatabaseId)).toEqual([aTable({ id: 't3', name: 't1' })]);
  });
}

function describeLeftovers(catalog: () => Catalog): void {
  const leftover = (tableId: string, tenantId: string = ours, when = at) => ({ tenantId, tableId, at: when });
  async function withTables(tenantId: TenantId, databaseId: string, ...ids: string[]): Promise<void> {
    await catalog().createDatabase(aDatabase({ tenantId, id: databaseId }));
    for (const id of ids) await catalog().createTable(aTable({ tenantId, databaseId, id, name: id }));
  }

  it('of every table that was deleted, of all tenants, until it is forgotten', async () => {
    await withTables(ours, 'd1', 't1', 't3', 't4');
    await withTables(theirs, 'd2', 't2');
    expect(await catalog().listLeftovers()).toEqual([]);
    await catalog().deleteTable(ours, 't3' as TableId, at);
    await catalog().deleteTable(theirs, 't2' as TableId, '2026-11-21T12:00:01Z');
    await catalog().deleteTable(ours, 't1' as TableId, at);
    const second = leftover('t2', theirs, '2026-11-21T12:00:01Z');
    expect(await catalog().listLeftovers()).toEqual([leftover('t1'), second, leftover('t3')]);
    for (const id of ['t1', 't1', 't4', 'none'] as TableId[]) await catalog().forgetLeftover(id);
    expect(await catalog().listLeftovers()).toEqual([second, leftover('t3')]);
  });

  it('of no table that stays', async () => {
    await withTables(ours, 'd1', 't1');
    await catalog().createSink(aSink(), aMapping());
    await catalog().deleteTable(ours, 't1' as TableId, at);
    await catalog().deleteTable(theirs, 't1' as TableId, at);
    await catalog().deleteTable(ours, 'none' as TableId, at);
    expect(await catalog().listLeftovers()).toEqual([]);
  });

  it('once, with the time of the delete that was done', async () => {
    await withTables(ours, 'd1', 't1');
    const times = racers.map((i) => `2026-11-21T12:00:${String(i).padStart(2, '0')}Z`);
    const ends = await Promise.all(times.map((when) => catalog().deleteTable(ours, 't1' as TableId, when)));
    expect(await catalog().listLeftovers()).toEqual([leftover('t1', ours, times[ends.indexOf(undefined)])]);
  });

  it('however long nobody looks', async () => {
    await withTables(ours, 'd1', 't1');
    await catalog().deleteTable(ours, 't1' as TableId, '1970-01-01T00:00:00Z');
    expect(await catalog().listLeftovers()).toEqual([leftover('t1', ours, '1970-01-01T00:00:00Z')]);
  });
}

function describeSinks(catalog: () => Catalog): void {
  async function withTables(...ids: string[]): Promise<void> {
    await catalog().createDatabase(aDatabase());
    for (const id of ids) await catalog().createTable(aTable({ id, name: id }));
  }
  const create = (given: Parameters<typeof aSink>[0] & { readonly id: string }) =>
    catalog().createSink(aSink(given), aMapping({ sinkId: given.id }));

  it('in order of creation, of a tenant and of a table', async () => {
    await withTables('t1', 't2');
    const sinks = ['s1', 's2', 's3'].map((id) => ({
      id,
      name: `z${9 - Number(id[1])}`,
      tableId: id === 's2' ? 't2' : 't1',
    }));
    for (const sink of sinks.toReversed()) expect(await create(sink)).toBeUndefined();
    expect(await catalog().listSinks(ours)).toEqual(sinks.map(aSink));
    expect(await catalog().listSinks(theirs)).toEqual([]);
    const ofTable = await catalog().listSinksOfTable(ours, 't1' as TableId);
    expect(ofTable).toEqual([sinks[0]!, sinks[2]!].map(aSink));
    expect(await catalog().listSinksOfTable(theirs, 't1' as TableId)).toEqual([]);
    expect(await catalog().findSink(ours, 's2' as SinkId)).toEqual(aSink(sinks[1]));
    expect(await catalog().findSink(theirs, 's2' as SinkId)).toBeUndefined();
  });

  it('one of a name in a database, on whichever table', async () => {
    await withTables('t1', 't2');
    const ends = await Promise.all(racers.map((i) => create({ id: `s${i}`, tableId: i % 2 ? 't1' : 't2' })));
    expect(ends.filter((end) => end === undefined)).toHaveLength(1);
    expect(ends.filter((end) => end === 'name_taken')).toHaveLength(49);
    const [sink] = await catalog().listSinks(ours);
    const loser = ends.indexOf('name_taken');
    expect(await catalog().findMapping(sink!.id, 1)).toEqual(aMapping({ sinkId: sink!.id }));
    expect(await catalog().findMapping(`s${loser}` as SinkId, 1)).toBeUndefined();
  });

  it('never on a table that is not there', async () => {
    expect(await create({ id: 's1' })).toBe('parent_gone');
    await withTables('t1');
    await catalog().deleteTable(ours, 't1' as TableId, at);
    expect(await create({ id: 's1' })).toBe('parent_gone');
    expect(await catalog().listSinks(ours)).toEqual([]);
  });

  it('saved over the revision that was read', async () => {
    await withTables('t1');
    await create({ id: 's1' });
    const saved = await catalog().saveSink(aSink({ status: 'DELETING' }));
    expect(saved).toEqual(aSink({ status: 'DELETING', revision: 2 }));
    await expect(catalog().saveSink(aSink())).rejects.toMatchObject(conflict);
    expect(await catalog().findSink(ours, saved.id)).toEqual(saved);
  });

  it('deleted, their name free again; their mappings stay for batches under way until the retention is over', async () => {
    await withTables('t1');
    await create({ id: 's1' });
    await create({ id: 's2', name: 'other' });
    for (let revision = 2; revision <= 120; revision += 1)
      await catalog().changeMapping(
        aSink({ revision: revision - 1, mappingRevision: revision }),
        aMapping({ revision }),
      );
    await catalog().deleteSink(theirs, 's9' as SinkId, at);
    await catalog().deleteSink(ours, 's1' as SinkId, at);
    await catalog().deleteSink(ours, 's1' as SinkId, at);
    expect(await catalog().listSinks(ours)).toEqual([aSink({ id: 's2', name: 'other' })]);
    const mappings = [1, 2, 120].map((revision) => catalog().findMapping('s1' as SinkId, revision));
    expect(await Promise.all(mappings)).toMatchObject([{ revision: 1 }, { revision: 2 }, { revision: 120 }]);
    await catalog().deleteSink(ours, 's1' as SinkId, '2026-10-01T00:00:00Z');
    expect(await catalog().findMapping('s1' as SinkId, 120)).toBeUndefined();
    expect(await catalog().findMapping('s2' as SinkId, 1)).toBeDefined();
    expect(await create({ id: 's3' })).toBeUndefined();
  });

  it('with mappings that are added and never replaced', async () => {
    await withTables('t1');
    await create({ id: 's1' });
    const second = aMapping({ revision: 2, allowMissingFields: false });
    const changed = await catalog().changeMapping(aSink({ mappingRevision: 2 }), second);
    expect(changed).toEqual(aSink({ mappingRevision: 2, revision: 2 }));
    expect(await catalog().findSink(ours, changed.id)).toEqual(changed);
    await expect(catalog().changeMapping(aSink({ mappingRevision: 2 }), second)).rejects.toMatchObject(conflict);
    await expect(catalog().changeMapping(changed, aMapping({ revision: 2 }))).rejects.toMatchObject(conflict);
    await expect(catalog().changeMapping(aSink(), aMapping({ revision: 3 }))).rejects.toMatchObject(conflict);
    expect(await catalog().findSink(ours, changed.id)).toEqual(changed);
    const found = [1, 2, 3].map((revision) => catalog().findMapping('s1' as SinkId, revision));
    expect(await Promise.all(found)).toEqual([aMapping(), second, undefined]);
  });
}
