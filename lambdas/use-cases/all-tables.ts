import type { TableId, TenantId } from '../domain/ids.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

export interface TableOfTenant {
  readonly tenantId: TenantId;
  readonly tableId: TableId;
}

export type TableLists = Pick<Catalog, 'listTenants' | 'listDatabases' | 'listTables'>;

/** Every table of every tenant, each list read when it is reached. */
export async function* allTables(catalog: TableLists): AsyncGenerator<TableOfTenant> {
  for (const { id: tenantId } of await catalog.listTenants()) {
    for (const database of await catalog.listDatabases(tenantId)) {
      for (const { id: tableId } of await catalog.listTables(tenantId, database.id)) yield { tenantId, tableId };
    }
  }
}
