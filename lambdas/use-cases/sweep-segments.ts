import type { TableId, TenantId } from '../domain/ids.ts';
import { sweepAgeMs } from '../domain/limits.ts';
import { segmentsFolder, tableIdOfSegmentKey } from '../domain/segment.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { TableOfTenant } from './all-tables.ts';

export interface SweepPorts {
  readonly catalog: Pick<Catalog, 'findTable' | 'currentSegments' | 'coveredSegments' | 'forgetSegments'>;
  readonly objects: Pick<ObjectStore, 'list' | 'delete'>;
  readonly clock: Clock;
}

/**
 * Removes a table's segment files that nothing names: what a flush or a compaction left that ended between storing a file
 * and registering it. Files younger than a day stay, because theirs may still be under way; so the files are listed
 * before the catalog is read. Not safe against a process that slept for a day between the two.
 * @returns how many files went
 */
export async function sweepSegments(ports: SweepPorts, { tenantId, tableId }: TableOfTenant): Promise<number> {
  const old = await oldFiles(ports, segmentsFolder(tenantId, tableId));
  if (old.length === 0) return 0;
  const named = new Set((await segmentsOf(ports, tableId)).map(({ rowsKey }) => rowsKey));
  const unnamed = old.filter((key) => !named.has(key));
  if (unnamed.length > 0) await ports.objects.delete(unnamed);
  return unnamed.length;
}

/**
 * The last resort for tables that are no more, after `finishDeletes`: removes segment files of theirs that nothing names,
 * or that were named later, and then what the catalog still says of them. Lists all segment files of the tenant, so once a
 * day is enough.
 * @returns how many files went
 */
export async function sweepDeletedTables(ports: SweepPorts, tenantId: TenantId): Promise<number> {
  const old = await oldFiles(ports, segmentsFolder(tenantId));
  const byTable = Map.groupBy(old, tableIdOfSegmentKey);
  let removed = 0;
  for (const [tableId, keys] of byTable) {
    if (await ports.catalog.findTable(tenantId, tableId)) continue;
    await ports.objects.delete(keys);
    const gone = new Set(keys);
    const segments = (await segmentsOf(ports, tableId)).filter(({ rowsKey }) => gone.has(rowsKey));
    await ports.catalog.forgetSegments(
      tableId,
      segments.map(({ id }) => id),
    );
    removed += keys.length;
  }
  return removed;
}

async function oldFiles({ objects, clock }: SweepPorts, folder: string): Promise<string[]> {
  const newest = clock.now() - sweepAgeMs;
  const old: string[] = [];
  for await (const { key, modifiedAtMs } of objects.list(folder)) if (modifiedAtMs < newest) old.push(key);
  return old;
}

/** Current ones first: one that is covered meanwhile is then seen twice, and not missed. */
async function segmentsOf({ catalog }: SweepPorts, tableId: TableId) {
  const current = await catalog.currentSegments(tableId);
  return [...current, ...(await catalog.coveredSegments(tableId))];
}
