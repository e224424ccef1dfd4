import type { Caller } from '../domain/caller.ts';
import type { Database } from '../domain/database.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { databasesPerTenantMax } from '../domain/limits.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import { checkDatabase, type DatabaseRequest } from './check-database.ts';

export interface CreateDatabasePorts {
  readonly catalog: Pick<Catalog, 'listDatabases' | 'createDatabase'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** For requests that do not choose: the smallest shape of the original. */
const usual = { shape: '8GB', sqlDialect: 'featurebase' } as const;

/**
 * Makes a database. It is RUNNING at once: it is no more than its entry in the catalog.
 * @throws Problem when the name is wrong or taken, or the tenant has as many databases as it may
 */
export async function createDatabase(
  ports: CreateDatabasePorts,
  caller: Caller,
  request: DatabaseRequest,
): Promise<Database> {
  const chosen = checkDatabase(request, usual);
  const count = (await ports.catalog.listDatabases(caller.tenantId)).length;
  if (count >= databasesPerTenantMax)
    throw new Problem(
      'limit_exceeded',
      `There are ${count} databases; ${databasesPerTenantMax} are allowed. Delete one first.`,
    );
  const database: Database = {
    id: ports.ids.next<DatabaseId>(),
    tenantId: caller.tenantId,
    ...chosen,
    status: 'RUNNING',
    createdAt: new Date(ports.clock.now()).toISOString(),
    createdBy: caller.email,
    revision: 1,
  };
  if (await ports.catalog.createDatabase(database)) throw databaseNameTaken(database.name);
  return database;
}

export function databaseNameTaken(name: string): Problem {
  return new Problem('already_exists', `A database named '${name}' exists already.`);
}
