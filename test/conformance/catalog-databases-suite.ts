import { expect, it } from '@jest/globals';
import type { Database } from '../../lambdas/domain/database.ts';
import type { TableId } from '../../lambdas/domain/ids.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import { aDatabase, aTable, ours, theirs } from './catalog-entities.ts';

const racers = Array.from({ length: 50 }, (_, i) => i);
/** When tables are deleted here: the harness's clock stands on this day. */
const at = '2026-11-21T12:00:00Z';
const conflict = { name: 'RevisionConflict' };

/** Databases and their names. */
export function databasesSuite(catalog: () => Catalog): void {
  it('in order of creation, each tenant its own', async () => {
    const databases = ['d1', 'd2', 'd3'].map((id) => aDatabase({ id, name: `z${9 - Number(id[1])}` }));
    for (const database of databases) expect(await catalog().createDatabase(database)).toBeUndefined();
    expect(await catalog().createDatabase(aDatabase({ id: 'd4', name: 'z8', tenantId: theirs }))).toBeUndefined();
    expect(await catalog().listDatabases(ours)).toEqual(databases);
    expect(await catalog().findDatabase(ours, databases[1]!.id)).toEqual(databases[1]);
    expect(await catalog().findDatabase(theirs, databases[1]!.id)).toBeUndefined();
  });

  it('one of a name, however many are created at once', async () => {
    const databases = racers.map((i) => aDatabase({ id: `d${i}` }));
    const ends = await Promise.all(databases.map((database) => catalog().createDatabase(database)));
    expect(ends.filter((end) => end === undefined)).toHaveLength(1);
    expect(ends.filter((end) => end === 'name_taken')).toHaveLength(49);
    expect(await catalog().listDatabases(ours)).toEqual([databases[ends.indexOf(undefined)]]);
  });

  it('saved over the revision that was read, by one of many', async () => {
    const database = aDatabase({ status: 'CREATING' });
    await catalog().createDatabase(database);
    const saves = await Promise.allSettled(racers.map((i) => catalog().saveDatabase({ ...database, shape: `${i}` })));
    const done = saves.filter(({ status }) => status === 'fulfilled');
    expect(done).toEqual([{ status: 'fulfilled', value: { ...database, shape: expect.any(String), revision: 2 } }]);
    expect(await catalog().listDatabases(ours)).toEqual([(done[0] as { value: unknown }).value]);
  });

  it('renamed at once with their names, of which the old one is free', async () => {
    await catalog().createDatabase(aDatabase({ id: 'd1', name: 'one' }));
    await catalog().createDatabase(aDatabase({ id: 'd2', name: 'two' }));
    const one = aDatabase({ id: 'd1', name: 'one' });
    expect(await catalog().renameDatabase({ ...one, name: 'two' }, 'one')).toBe('name_taken');
    expect(await catalog().findDatabase(ours, one.id)).toEqual(one);
    const renamed = await catalog().renameDatabase({ ...one, name: 'three' }, 'one');
    expect(renamed).toEqual({ ...one, name: 'three', revision: 2 });
    expect(await catalog().findDatabase(ours, one.id)).toEqual(renamed);
    await expect(catalog().renameDatabase({ ...one, name: 'four' }, 'one')).rejects.toMatchObject(conflict);
    expect(await catalog().createDatabase(aDatabase({ id: 'd3', name: 'three' }))).toBe('name_taken');
    expect(await catalog().createDatabase(aDatabase({ id: 'd3', name: 'one' }))).toBeUndefined();
    expect(await catalog().deleteDatabase(ours, one.id)).toBeUndefined();
    expect(await catalog().createDatabase(aDatabase({ id: 'd4', name: 'three' }))).toBeUndefined();
    await expect(catalog().renameDatabase({ ...(renamed as Database), name: 'five' }, 'three')).rejects.toMatchObject(
      conflict,
    );
  });

  it('renamed to one name by one of many', async () => {
    const databases = racers.slice(0, 10).map((i) => aDatabase({ id: `d${i}`, name: `name${i}` }));
    for (const database of databases) await catalog().createDatabase(database);
    const ends = await Promise.all(
      databases.map((database) => catalog().renameDatabase({ ...database, name: 'same' }, database.name)),
    );
    expect(ends.filter((end) => end === 'name_taken')).toHaveLength(9);
    expect((await catalog().listDatabases(ours)).filter(({ name }) => name === 'same')).toHaveLength(1);
  });

  it('renamed or deleted, never leaving a name behind that nothing has', async () => {
    for (const i of racers.slice(0, 15)) {
      const database = aDatabase({ id: `d${i}`, name: 'before' });
      expect(await catalog().createDatabase(database)).toBeUndefined();
      await Promise.allSettled([
        catalog().deleteDatabase(ours, database.id),
        catalog().renameDatabase({ ...database, name: 'after' }, 'before'),
        catalog().deleteDatabase(ours, database.id),
      ]);
      await catalog().deleteDatabase(ours, database.id);
      for (const name of ['before', 'after']) {
        const next = aDatabase({ id: `e${i}${name}`, name });
        expect(await catalog().createDatabase(next)).toBeUndefined();
        await catalog().deleteDatabase(ours, next.id);
      }
    }
  });

  it('deleted at the revision that is named, or not', async () => {
    await catalog().createDatabase(aDatabase());
    const saved = await catalog().saveDatabase(aDatabase());
    await expect(catalog().deleteDatabase(ours, saved.id, 1)).rejects.toMatchObject(conflict);
    await catalog().createTable(aTable());
    await expect(catalog().deleteTable(ours, aTable().id, at, 7)).rejects.toMatchObject(conflict);
    expect(await catalog().deleteTable(ours, aTable().id, at, 1)).toBeUndefined();
    expect(await catalog().deleteDatabase(ours, saved.id, 2)).toBeUndefined();
  });

  it('deleted once, their name free again', async () => {
    await catalog().createDatabase(aDatabase());
    expect(await catalog().deleteDatabase(theirs, aDatabase().id)).toBe('absent');
    const ends = await Promise.all(racers.map(() => catalog().deleteDatabase(ours, aDatabase().id)));
    expect(ends.filter((end) => end === undefined)).toHaveLength(1);
    expect(ends.filter((end) => end === 'absent')).toHaveLength(49);
    expect(await catalog().listDatabases(ours)).toEqual([]);
    expect(await catalog().createDatabase(aDatabase({ id: 'd2' }))).toBeUndefined();
  });

  it('not deleted while they have tables', async () => {
    await catalog().createDatabase(aDatabase());
    for (const name of ['facts', 'more']) await catalog().createTable(aTable({ id: name, name }));
    expect(await catalog().deleteDatabase(ours, aDatabase().id)).toEqual({ children: ['facts', 'more'] });
    for (const id of ['facts', 'more'] as TableId[]) await catalog().deleteTable(ours, id, at);
    expect(await catalog().deleteDatabase(ours, aDatabase().id)).toBeUndefined();
  });
}
