import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { DatabaseId, TableId } from '../domain/ids.ts';
import { namesText } from '../domain/naming/names-text.ts';
import { assertPrecondition, type Precondition, tableValidators } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { Table } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { RowStore } from '../ports/row-store.ts';
import { tableNamed } from './read-tables.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { type SettlePorts, settleSink } from './settle.ts';

export interface DeleteTablePorts extends SettlePorts, Pick<RemoveRowsPorts, 'objects'> {
  readonly catalog: SettlePorts['catalog'] &
    RemoveRowsPorts['catalog'] &
    Pick<Catalog, 'findTableByName' | 'listSinksOfTable' | 'deleteTable'>;
}

export interface RemoveRowsPorts {
  readonly catalog: Pick<Catalog, 'currentSegments' | 'coveredSegments' | 'forgetSegments'>;
  readonly rowStore: Pick<RowStore, 'drop'>;
  readonly objects: Pick<ObjectStore, 'delete'>;
}

/**
 * Removes a table that has no sinks, with all its rows, for good. The catalog's entry goes first and at once with the
 * check for sinks, so that no sink can come to be on a table whose rows are going; it leaves a note of what may be left,
 * by which `finishDeletes` removes it once more: what this call did not come to, and what somebody who had read the table
 * before has made since. So the note is not forgotten here.
 * @throws Problem `incorrect_state` that names the sinks in the way
 */
export async function deleteTable(
  ports: DeleteTablePorts,
  caller: Caller,
  place: { readonly databaseId: DatabaseId; readonly name: string; readonly precondition?: Precondition },
): Promise<void> {
  const { table, refusal } = await retryConflicts('table', async () => {
    const table = await tableNamed(ports, caller, place);
    assertPrecondition(place.precondition ?? {}, tableValidators(table));
    await settleSinks(ports, table);
    const at = new Date(ports.clock.now()).toISOString();
    return { table, refusal: await ports.catalog.deleteTable(caller.tenantId, table.id, at, table.revision) };
  });
  if (refusal === 'absent')
    throw new Problem('not_found', `Table ${shown(place.name)} does not exist in database ${shown(place.databaseId)}.`);
  if (refusal !== undefined)
    throw new Problem(
      'incorrect_state',
      `Table '${table.name}' still has sinks: ${namesText(refusal.children)}. Delete them first.`,
      {
        sinks: refusal.children,
      },
    );
  await removeRows(ports, table.id);
}

/** Sinks that have drained since somebody last looked do not stand in the way. */
async function settleSinks(ports: DeleteTablePorts, table: Table): Promise<void> {
  const sinks = await ports.catalog.listSinksOfTable(table.tenantId, table.id);
  await Promise.all(sinks.filter(({ status }) => status === 'DELETING').map((sink) => settleSink(ports, sink)));
}

/**
 * Removes the rows of a table that is gone; again is harmless. Segments are forgotten last: until their files are gone,
 * their entries are what a sweep finds them by.
 */
export async function removeRows({ catalog, rowStore, objects }: RemoveRowsPorts, tableId: TableId): Promise<void> {
  await rowStore.drop(tableId);
  const segments = [...(await catalog.currentSegments(tableId)), ...(await catalog.coveredSegments(tableId))];
  await objects.delete(segments.map(({ rowsKey }) => rowsKey));
  await catalog.forgetSegments(
    tableId,
    segments.map(({ id }) => id),
  );
}
