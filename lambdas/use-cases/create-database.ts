import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { Database, SqlDialect } from '../domain/database.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { databasesPerTenantMax, shapeLengthMax } from '../domain/limits.ts';
import { databaseNameProblem } from '../domain/naming/names.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import { checkName } from './check-name.ts';

export interface CreateDatabasePorts {
  readonly catalog: Pick<Catalog, 'listDatabases' | 'createDatabase'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface DatabaseRequest {
  readonly name: unknown;
  /** Any text: there are no machines to size. */
  readonly shape?: unknown;
  readonly sqlDialect?: unknown;
}

/** The smallest shape of the original, for requests that name none. */
const defaultShape = '8GB';

/**
 * Makes a database. It is RUNNING at once: it is no more than its entry in the catalog.
 * @throws Problem when the name is wrong or taken, or the tenant has as many databases as it may
 */
export async function createDatabase(
  ports: CreateDatabasePorts,
  caller: Caller,
  { name, shape = defaultShape, sqlDialect = 'featurebase' }: DatabaseRequest,
): Promise<Database> {
  checkName('database', name, databaseNameProblem);
  if (typeof shape !== 'string' || shape === '' || shape.length > shapeLengthMax)
    throw new Problem(
      'invalid_parameter',
      `The shape is a text like 8GB of at most ${shapeLengthMax} characters, not ${shown(shape)}.`,
      {
        parameter: 'shape',
      },
    );
  if (!isSqlDialect(sqlDialect))
    throw new Problem('invalid_parameter', `The SQL dialect is featurebase or duckdb, not ${shown(sqlDialect)}.`, {
      parameter: 'sql_dialect',
    });
  const count = (await ports.catalog.listDatabases(caller.tenantId)).length;
  if (count >= databasesPerTenantMax)
    throw new Problem(
      'limit_exceeded',
      `There are ${count} databases; ${databasesPerTenantMax} are allowed. Delete one first.`,
    );
  const database: Database = {
    id: ports.ids.next<DatabaseId>(),
    tenantId: caller.tenantId,
    name,
    shape,
    sqlDialect,
    status: 'RUNNING',
    createdAt: new Date(ports.clock.now()).toISOString(),
    createdBy: caller.email,
    revision: 1,
  };
  if (await ports.catalog.createDatabase(database))
    throw new Problem('already_exists', `A database named '${name}' exists already.`);
  return database;
}

function isSqlDialect(text: unknown): text is SqlDialect {
  return text === 'featurebase' || text === 'duckdb';
}
