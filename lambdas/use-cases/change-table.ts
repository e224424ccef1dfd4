import type { Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { retryConflicts } from './retry-conflicts.ts';

/**
 * Reads a table, changes it and saves it over the revision that was read; again from the start when someone was faster.
 * @param change gives the table itself when there is nothing to save
 * @throws Problem `incorrect_state` when others kept being faster
 */
export function changeTable(
  catalog: Pick<Catalog, 'saveTable'>,
  read: () => Promise<Table>,
  change: (table: Table) => Table,
): Promise<Table> {
  return retryConflicts('table', async () => {
    const table = await read();
    const changed = change(table);
    return changed === table ? table : catalog.saveTable(changed);
  });
}
