import type { Caller } from '../domain/caller.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { namesText } from '../domain/naming/names-text.ts';
import { assertPrecondition, type Precondition, validatorsOf } from '../domain/precondition.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { databaseNotFound } from './read-databases.ts';
import { retryConflicts } from './retry-conflicts.ts';

/**
 * Removes a database that has no tables; afterwards it is not found.
 * @throws Problem `incorrect_state` that names the tables in the way, or `precondition_failed`
 */
export async function deleteDatabase(
  { catalog }: { readonly catalog: Pick<Catalog, 'findDatabase' | 'deleteDatabase'> },
  caller: Caller,
  { databaseId, precondition = {} }: { readonly databaseId: DatabaseId; readonly precondition?: Precondition },
): Promise<void> {
  const refusal = await retryConflicts('database', async () => {
    const stored = await catalog.findDatabase(caller.tenantId, databaseId);
    if (!stored) return 'absent';
    assertPrecondition(precondition, validatorsOf(stored));
    return catalog.deleteDatabase(caller.tenantId, databaseId, stored.revision);
  });
  if (refusal === undefined) return;
  if (refusal === 'absent') throw databaseNotFound(databaseId);
  throw new Problem(
    'incorrect_state',
    `The database still has tables: ${namesText(refusal.children)}. Delete them first.`,
    {
      tables: refusal.children,
    },
  );
}
