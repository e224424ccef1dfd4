import type { Caller } from '../domain/caller.ts';
import { badStatement } from '../domain/sql/bad-statement.ts';
import { compileSql } from '../domain/sql/compile-sql.ts';
import { showDatabases } from '../domain/sql/show.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { listDatabases } from './read-databases.ts';
import type { QueryAnswer } from './run-query.ts';

/**
 * Answers a SQL statement that is of no database (FeatureBase's `/v2/sql`, 2023): SHOW DATABASES.
 * @throws Problem `bad_statement` that says where other statements go
 */
export async function runTenantStatement(
  ports: { readonly catalog: Pick<Catalog, 'listDatabases'> },
  caller: Caller,
  { statement }: { readonly statement: string },
): Promise<QueryAnswer> {
  if (!isShowDatabases(statement))
    throw badStatement(
      'This path names no database, so it takes SHOW DATABASES alone; send others to /v2/databases/{id}/query/sql.',
    );
  return { ...showDatabases(await listDatabases(ports, caller)), elapsedMs: 0 };
}

function isShowDatabases(statement: string): boolean {
  try {
    return compileSql(statement, []).kind === 'show-databases';
  } catch {
    return false;
  }
}
