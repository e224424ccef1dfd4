import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import { columnNamed } from '../domain/columns.ts';
import { Problem } from '../domain/problem.ts';
import type { Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { ColumnPlace } from './add-column.ts';
import { changeTable } from './change-table.ts';
import { tableNamed } from './read-tables.ts';

/**
 * Drops a column with its values, for good: its id is never used again, so a column added later under its name starts
 * empty. Sinks that map it go on; their records' values for it are left out and counted as changed on the receipts.
 * @returns the table without the column
 */
export async function dropColumn(
  ports: { readonly catalog: Pick<Catalog, 'findTableByName' | 'saveTable'> },
  caller: Caller,
  { databaseId, tableName, name }: ColumnPlace,
): Promise<Table> {
  if (name === '_id')
    throw new Problem('invalid_parameter', 'The column _id names the rows and cannot be dropped.', {
      parameter: 'name',
    });
  return changeTable(
    ports.catalog,
    () => tableNamed(ports, caller, { databaseId, name: tableName }),
    (table) => {
      const dropped = columnNamed(table, name);
      if (!dropped) throw new Problem('not_found', `column ${shown(name)} not found in table '${tableName}'`);
      return { ...table, columns: table.columns.filter((column) => column !== dropped) };
    },
  );
}
