import type { Caller } from '../domain/caller.ts';
import type { ColumnType } from '../domain/column-type.ts';
import { columnNamed, withColumn } from '../domain/columns.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { columnNameProblem } from '../domain/naming/names.ts';
import { Problem } from '../domain/problem.ts';
import type { Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { changeTable } from './change-table.ts';
import { checkName } from './check-name.ts';
import { tableNamed } from './read-tables.ts';

export interface ColumnPlace {
  readonly databaseId: DatabaseId;
  readonly tableName: string;
  readonly name: string;
}

/**
 * Adds a column. Stores and segments need no change: they take a column up with the first row that has it.
 * @returns the table with the column
 */
export async function addColumn(
  ports: { readonly catalog: Pick<Catalog, 'findTableByName' | 'saveTable'> },
  caller: Caller,
  { databaseId, tableName, name, type }: ColumnPlace & { readonly type: ColumnType },
): Promise<Table> {
  checkName('column', name, columnNameProblem);
  return changeTable(
    ports.catalog,
    () => tableNamed(ports, caller, { databaseId, name: tableName }),
    (table) => {
      if (columnNamed(table, name))
        throw new Problem('already_exists', `A column named '${name}' exists already in table '${tableName}'.`);
      return { ...table, ...withColumn(table, name, type) };
    },
  );
}
