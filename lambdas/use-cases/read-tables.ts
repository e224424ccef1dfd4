import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { getDatabase } from './read-databases.ts';
import { type SettlePorts, settleTable } from './settle.ts';

export interface ReadTablesPorts extends SettlePorts {
  readonly catalog: SettlePorts['catalog'] & Pick<Catalog, 'findDatabase' | 'listTables' | 'findTableByName'>;
}

/**
 * The database's tables, in order of creation.
 * @throws Problem `not_found` when there is no such database
 */
export async function listTables(
  ports: ReadTablesPorts,
  caller: Caller,
  { databaseId }: { readonly databaseId: DatabaseId },
): Promise<readonly Table[]> {
  await getDatabase(ports, caller, { databaseId });
  const tables = await ports.catalog.listTables(caller.tenantId, databaseId);
  const settled = await Promise.all(tables.map((table) => settleTable(ports, table)));
  return settled.filter((table) => table !== undefined);
}

/** @throws Problem `not_found`, also when the database is another tenant's */
export async function getTable(
  ports: ReadTablesPorts,
  caller: Caller,
  place: { readonly databaseId: DatabaseId; readonly name: string },
): Promise<Table> {
  const table = await settleTable(ports, await tableNamed(ports, caller, place));
  if (!table) throw tableNotFound(place);
  return table;
}

/** The table as it is stored, its status not brought up to date. */
export async function tableNamed(
  { catalog }: { readonly catalog: Pick<Catalog, 'findTableByName'> },
  caller: Caller,
  place: { readonly databaseId: DatabaseId; readonly name: string },
): Promise<Table> {
  const table = await catalog.findTableByName(caller.tenantId, place.databaseId, place.name);
  if (!table) throw tableNotFound(place);
  return table;
}

function tableNotFound({ databaseId, name }: { readonly databaseId: DatabaseId; readonly name: string }): Problem {
  return new Problem('not_found', `Table ${shown(name)} does not exist in database ${shown(databaseId)}.`);
}
