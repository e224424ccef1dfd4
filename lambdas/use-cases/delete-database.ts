import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { namesText } from '../domain/naming/names-text.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

/**
 * Removes a database that has no tables; afterwards it is not found.
 * @throws Problem `incorrect_state` that names the tables in the way
 */
export async function deleteDatabase(
  { catalog }: { readonly catalog: Pick<Catalog, 'deleteDatabase'> },
  caller: Caller,
  { databaseId }: { readonly databaseId: DatabaseId },
): Promise<void> {
  const refusal = await catalog.deleteDatabase(caller.tenantId, databaseId);
  if (refusal === undefined) return;
  if (refusal === 'absent') throw new Problem('not_found', `Database ${shown(databaseId)} does not exist.`);
  throw new Problem(
    'incorrect_state',
    `The database still has tables: ${namesText(refusal.children)}. Delete them first.`,
    {
      tables: refusal.children,
    },
  );
}
