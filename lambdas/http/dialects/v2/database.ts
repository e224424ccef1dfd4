import type { Database } from '../../../domain/database.ts';
import type { V2CreateDatabaseBody, V2PutDatabaseBody } from '../../../generated/request-bodies.ts';
import type { DatabaseRequest } from '../../../use-cases/check-database.ts';
import { assertUnchanged } from '../unchanged.ts';

export function databaseRequestOf({ name, database_options: options }: V2CreateDatabaseBody): DatabaseRequest {
  return {
    name,
    ...(options?.shape ? { shape: options.shape } : {}),
    ...(options?.sql_dialect ? { sqlDialect: options.sql_dialect } : {}),
  };
}

/** Members that a PUT may change, and those that change by themselves. */
const free = ['name', 'database_options', 'database_status', 'cause', 'revision'];

/** @throws Problem that names what cannot be changed */
export function databaseChangeOf(body: V2PutDatabaseBody, database: Database): DatabaseRequest {
  assertUnchanged(body, databaseView(database), free);
  return databaseRequestOf({ ...body, name: body.name ?? database.name });
}

/** A database as /v2 shows it; `database_status` is never the last key, for shell clients. */
export function databaseView({ id, name, status, cause, ...database }: Database): object {
  return {
    id,
    name,
    database_status: status,
    ...(cause === undefined ? {} : { cause }),
    database_options: { shape: database.shape, sql_dialect: database.sqlDialect },
    owner: database.createdBy,
    created_at: database.createdAt,
    revision: database.revision,
  };
}
