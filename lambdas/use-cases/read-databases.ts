import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import { type Database, statusAtNextLook } from '../domain/database.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';

/** The tenant's databases, in order of creation. */
export async function listDatabases(
  { catalog }: { readonly catalog: Pick<Catalog, 'listDatabases'> },
  caller: Caller,
): Promise<readonly Database[]> {
  return (await catalog.listDatabases(caller.tenantId)).map(looked);
}

/** @throws Problem `not_found`, also for another tenant's database */
export async function getDatabase(
  { catalog }: { readonly catalog: Pick<Catalog, 'findDatabase'> },
  caller: Caller,
  { databaseId }: { readonly databaseId: DatabaseId },
): Promise<Database> {
  const database = await catalog.findDatabase(caller.tenantId, databaseId);
  if (!database) throw databaseNotFound(databaseId);
  return looked(database);
}

/**
 * The same for those who look at it by its revision: a status that moves on is saved, so that it has a revision of its own.
 * @throws Problem `not_found`
 */
export async function lookAtDatabase(
  { catalog }: { readonly catalog: Pick<Catalog, 'findDatabase' | 'saveDatabase'> },
  caller: Caller,
  { databaseId }: { readonly databaseId: DatabaseId },
): Promise<Database> {
  const stored = await catalog.findDatabase(caller.tenantId, databaseId);
  if (!stored) throw databaseNotFound(databaseId);
  const seen = looked(stored);
  if (seen === stored) return stored;
  try {
    return await catalog.saveDatabase({ ...seen, movedFrom: stored.revision });
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
    return lookAtDatabase({ catalog }, caller, { databaseId });
  }
}

export function databaseNotFound(databaseId: DatabaseId): Problem {
  return new Problem('not_found', `Database ${shown(databaseId)} does not exist.`);
}

function looked(database: Database): Database {
  const status = statusAtNextLook(database.status);
  return status === database.status ? database : { ...database, status };
}
