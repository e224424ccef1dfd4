import type { Database } from '../../domain/database.ts';
import { type Databases, RevisionConflict } from '../../ports/catalog/resources.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import {
  databaseKey,
  databaseNameKey,
  databasePartition,
  databasePrefix,
  newestTableKey,
  tableNamePrefix,
  tenantPartition,
} from './catalog-keys.ts';
import { deleteParent } from './children.ts';
import { entityItem, findValue, listValues, saveEntity } from './saved-entity.ts';

/** Databases, one item each, and one for each name, which go along with each other. */
export function makeDatabases(items: ItemStore): Databases {
  return {
    async createDatabase(database) {
      const { id, tenantId, name } = database;
      const failed = await items.transact([
        { put: { ...databaseNameKey(tenantId, name), revision: 0, value: { id } }, if: 'absent' },
        { put: entityItem(databaseKey(tenantId, id), database), if: 'absent' },
      ]);
      if (failed === 1) throw new Error(`database ${id} is there already`);
      return failed === 0 ? 'name_taken' : undefined;
    },
    findDatabase: (tenantId, id) => findValue<Database>(items, databaseKey(tenantId, id)),
    listDatabases: (tenantId) => listValues<Database>(items, tenantPartition(tenantId), databasePrefix),
    async renameDatabase(database, from) {
      const { id, tenantId, name } = database;
      const next = { ...database, revision: database.revision + 1 };
      // The database first: who loses against the same rename has no conflict of names.
      const failed = await items.transact([
        { put: entityItem(databaseKey(tenantId, id), next), if: database.revision },
        { put: { ...databaseNameKey(tenantId, name), revision: 0, value: { id } }, if: 'absent' },
        { delete: databaseNameKey(tenantId, from) },
      ]);
      if (failed === 0) throw new RevisionConflict(`database ${id} is no longer at revision ${database.revision}`);
      return failed === undefined ? next : 'name_taken';
    },
    saveDatabase: (database) => saveEntity(items, databaseKey(database.tenantId, database.id), database),
    deleteDatabase: (tenantId, id, revision) =>
      deleteParent<Database>(
        items,
        { parent: databaseKey(tenantId, id), newestChild: newestTableKey(id) },
        async () => {
          const names = await items.query(databasePartition(id), { prefix: tableNamePrefix });
          return names.map(({ sort }) => sort.slice(tableNamePrefix.length));
        },
        ({ name }) => [{ delete: databaseNameKey(tenantId, name) }],
        revision,
      ),
  };
}
