import type { Database } from '../../domain/database.ts';
import type { TableId } from '../../domain/ids.ts';
import type { Table } from '../../domain/table.ts';
import type { Leftover, Tables } from '../../ports/catalog/resources.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import {
  databaseKey,
  databasePartition,
  leftoverKey,
  leftoversPartition,
  newestSinkKey,
  newestTableKey,
  tableKey,
  tableNameKey,
  tableNamePrefix,
} from './catalog-keys.ts';
import { createChild, deleteParent } from './children.ts';
import { entityItem, findValue, findValues, listValues, saveEntity } from './saved-entity.ts';
import { sinkNamesOf } from './sink-names.ts';

/** Tables, one item each by id; the items of their names lead from a database to its tables. */
export function makeTables(items: ItemStore): Tables {
  return {
    createTable(table) {
      const { id, tenantId, databaseId, name } = table;
      return createChild(
        items,
        { parent: databaseKey(tenantId, databaseId), newestChild: newestTableKey(databaseId) },
        {
          id,
          nameItem: { ...tableNameKey(databaseId, name), revision: 0, value: { id } },
          childItem: entityItem(tableKey(tenantId, id), table),
        },
        (database) => (database as Database).status === 'DELETING',
      );
    },
    findTable: (tenantId, id) => findValue<Table>(items, tableKey(tenantId, id)),
    async findTableByName(tenantId, databaseId, name) {
      const named = await findValue<{ id: TableId }>(items, tableNameKey(databaseId, name));
      return named && findValue<Table>(items, tableKey(tenantId, named.id));
    },
    async listTables(tenantId, databaseId) {
      const named = await listValues<{ id: TableId }>(items, databasePartition(databaseId), tableNamePrefix);
      const ids = named.map(({ id }) => id).sort();
      return findValues<Table>(
        items,
        ids.map((id) => tableKey(tenantId, id)),
      );
    },
    saveTable: (table) => saveEntity(items, tableKey(table.tenantId, table.id), table),
    deleteTable: (tenantId, id, at, revision) =>
      deleteParent<Table>(
        items,
        { parent: tableKey(tenantId, id), newestChild: newestSinkKey(id) },
        async ({ databaseId }) => (await sinkNamesOf(items, databaseId, id)).map(({ name }) => name),
        ({ databaseId, name }) => [
          { delete: tableNameKey(databaseId, name) },
          { put: { ...leftoverKey(id), revision: 0, value: { tenantId, tableId: id, at } satisfies Leftover } },
        ],
        revision,
      ),
    listLeftovers: () => listValues<Leftover>(items, leftoversPartition),
    forgetLeftover: (tableId) => items.write([{ delete: leftoverKey(tableId) }]),
  };
}
