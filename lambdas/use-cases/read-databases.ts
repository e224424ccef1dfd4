import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { Database } from '../domain/database.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

/** The tenant's databases, in order of creation. */
export function listDatabases(
  { catalog }: { readonly catalog: Pick<Catalog, 'listDatabases'> },
  caller: Caller,
): Promise<readonly Database[]> {
  return catalog.listDatabases(caller.tenantId);
}

/** @throws Problem `not_found`, also for another tenant's database */
export async function getDatabase(
  { catalog }: { readonly catalog: Pick<Catalog, 'findDatabase'> },
  caller: Caller,
  { databaseId }: { readonly databaseId: DatabaseId },
): Promise<Database> {
  const database = await catalog.findDatabase(caller.tenantId, databaseId);
  if (!database) throw new Problem('not_found', `Database ${shown(databaseId)} does not exist.`);
  return database;
}
