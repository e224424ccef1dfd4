import type { Caller } from '../domain/caller.ts';
import { type Database, statusAtNextLook } from '../domain/database.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { assertPrecondition, type Precondition, validatorsOf } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { checkDatabase, type DatabaseRequest } from './check-database.ts';
import { databaseNameTaken } from './create-database.ts';
import { databaseNotFound } from './read-databases.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface ChangeDatabasePorts {
  readonly catalog: Pick<Catalog, 'findDatabase' | 'saveDatabase' | 'renameDatabase'>;
}

/**
 * Changes name, shape and SQL dialect of a database. The change is in force when it is answered.
 * @param requestOf reads the request against the database as it stands; what it leaves out stays
 * @returns the database: UPDATING, or as it stands if it is so already
 * @throws Problem for a name that is wrong or taken, or a condition that does not hold
 */
export async function changeDatabase(
  { catalog }: ChangeDatabasePorts,
  caller: Caller,
  { databaseId, precondition }: { readonly databaseId: DatabaseId; readonly precondition: Precondition },
  requestOf: (database: Database) => DatabaseRequest,
): Promise<Database> {
  return retryConflicts('database', async () => {
    const stored = await catalog.findDatabase(caller.tenantId, databaseId);
    if (!stored) throw databaseNotFound(databaseId);
    assertPrecondition(precondition, validatorsOf(stored));
    const chosen = checkDatabase(requestOf(stored), stored);
    if (statusAtNextLook(stored.status) !== 'RUNNING')
      throw new Problem('incorrect_state', `Database '${stored.name}' is ${stored.status}; it must be RUNNING.`);
    const changed = { ...stored, ...chosen, status: 'UPDATING' as const };
    if (changed.name !== stored.name) return rename(catalog, changed, stored.name);
    if (changed.shape === stored.shape && changed.sqlDialect === stored.sqlDialect) return stored;
    return catalog.saveDatabase(changed);
  });
}

async function rename(catalog: Pick<Catalog, 'renameDatabase'>, database: Database, from: string): Promise<Database> {
  const renamed = await catalog.renameDatabase(database, from);
  if (renamed === 'name_taken') throw databaseNameTaken(database.name);
  return renamed;
}
