import { leftoverAgeMs } from '../domain/limits.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { TableOfTenant } from './all-tables.ts';
import { type RemoveRowsPorts, removeRows } from './delete-table.ts';

export interface FinishDeletesPorts extends RemoveRowsPorts {
  readonly catalog: RemoveRowsPorts['catalog'] & Pick<Catalog, 'listLeftovers' | 'forgetLeftover'>;
  readonly clock: Clock;
}

export interface FinishDeletesOptions {
  /** Milliseconds since a table's delete; `leftoverAgeMs`, unless nothing can be under way. */
  readonly ageMs?: number;
  /** True once no other is to be begun. */
  readonly isLate?: () => boolean;
}

/**
 * Removes once more the rows of tables that were deleted some time ago: what a delete left that failed or died on the
 * way, the store that a reader made for the table meanwhile, the segment of a batch that was under way. Each is forgotten
 * when that is done, and else is found again. Any number may run at the same time. Not safe against a process that slept
 * for longer than `leftoverAgeMs` while it made a store.
 * @returns those that failed
 */
export async function finishDeletes(
  ports: FinishDeletesPorts,
  { ageMs = leftoverAgeMs, isLate = () => false }: FinishDeletesOptions = {},
): Promise<(TableOfTenant & { readonly cause: unknown })[]> {
  const newest = ports.clock.now() - ageMs;
  const failed: (TableOfTenant & { readonly cause: unknown })[] = [];
  for (const { tenantId, tableId, at } of await ports.catalog.listLeftovers()) {
    if (Date.parse(at) > newest) continue;
    if (isLate()) break;
    try {
      await removeRows(ports, tableId);
      await ports.catalog.forgetLeftover(tableId);
    } catch (cause) {
      failed.push({ tenantId, tableId, cause });
    }
  }
  return failed;
}
