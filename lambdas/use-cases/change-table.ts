import { Problem } from '../domain/problem.ts';
import type { Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';

/** Tries at one change before it is given up: each loss means that another change was saved. */
const triesMax = 10;

/**
 * Reads a table, changes it and saves it over the revision that was read; again from the start when someone was faster.
 * @param change gives the table itself when there is nothing to save
 * @throws Problem `incorrect_state` when others kept being faster
 */
export async function changeTable(
  catalog: Pick<Catalog, 'saveTable'>,
  read: () => Promise<Table>,
  change: (table: Table) => Table,
): Promise<Table> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const table = await read();
    const changed = change(table);
    if (changed === table) return table;
    try {
      return await catalog.saveTable(changed);
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
  throw new Problem('incorrect_state', 'Others keep changing the table; try again in a moment.');
}
