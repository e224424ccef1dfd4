import type { Caller } from '../domain/caller.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { assertPrecondition, type Precondition, tableValidators } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { Table } from '../domain/table.ts';
import { changeTable } from './change-table.ts';
import { type ReadTablesPorts, tableNamed } from './read-tables.ts';
import { settleTable } from './settle.ts';

export interface TablePlace {
  readonly databaseId: DatabaseId;
  readonly name: string;
}

/**
 * Changes the description of a table, the one thing of it that can be changed as a whole.
 * @param descriptionOf reads the request against the table as it stands
 * @throws Problem for a condition that does not hold, and what `descriptionOf` throws
 */
export async function describeTable(
  ports: ReadTablesPorts,
  caller: Caller,
  { precondition, ...place }: TablePlace & { readonly precondition: Precondition },
  descriptionOf: (table: Table) => string,
): Promise<Table> {
  const described = await changeTable(
    ports.catalog,
    () => tableNamed(ports, caller, place),
    (table) => {
      assertPrecondition(precondition, tableValidators(table));
      const description = descriptionOf(table);
      return description === table.description ? table : { ...table, description };
    },
  );
  const settled = await settleTable(ports, described);
  if (!settled) throw new Problem('not_found', `Table '${place.name}' was deleted while it was changed.`);
  return settled;
}
