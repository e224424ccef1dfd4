import { compactionMsMin } from '../domain/limits.ts';
import { allTables, type TableLists, type TableOfTenant } from './all-tables.ts';
import { type CompactPorts, compactTable } from './compact-table.ts';
import { type FinishDeletesPorts, finishDeletes } from './finish-deletes.ts';
import { sweepDeletedTables, sweepSegments } from './sweep-segments.ts';

export interface CompactAllPorts extends CompactPorts, Pick<FinishDeletesPorts, 'rowStore'> {
  readonly catalog: CompactPorts['catalog'] & TableLists & FinishDeletesPorts['catalog'];
}

export interface CompactOptions {
  /** Milliseconds since 1970 at which the caller's time is over. */
  readonly deadlineMs: number;
  /** Also removes the files of tables that are no more: a list of all segment files, for once a day. */
  readonly deletedTables?: boolean;
}

export interface CompactReport {
  /** How many segments became one, for each table that was due. */
  readonly merged: readonly (TableOfTenant & { readonly segments: number })[];
  readonly failed: readonly (Partial<TableOfTenant> & { readonly cause: unknown })[];
  /** Deleted tables of which something is still left. */
  readonly unfinished: readonly (TableOfTenant & { readonly cause: unknown })[];
  /** False when time ran out before all tables were looked at; the next run finds those that were not. */
  readonly isComplete: boolean;
}

/**
 * Finishes deletes, then compacts all tables that are due, one after the other. One that fails does not stop the others,
 * and none is begun with less than `compactionMsMin` to go: a merge that is cut off is safe, but its work is lost.
 */
export async function compactAll(ports: CompactAllPorts, options: CompactOptions): Promise<CompactReport> {
  const merged: (TableOfTenant & { readonly segments: number })[] = [];
  const failed: (Partial<TableOfTenant> & { readonly cause: unknown })[] = [];
  const isLate = () => ports.clock.now() > options.deadlineMs - compactionMsMin;
  const unfinished = await finishDeletes(ports, { isLate });
  for await (const table of allTables(ports.catalog)) {
    if (isLate()) return { merged, failed, unfinished, isComplete: false };
    try {
      const segments = await compactAndSweep(ports, table);
      if (segments > 0) merged.push({ ...table, segments });
    } catch (cause) {
      failed.push({ ...table, cause });
    }
  }
  for (const { id: tenantId } of options.deletedTables ? await ports.catalog.listTenants() : []) {
    if (isLate()) return { merged, failed, unfinished, isComplete: false };
    try {
      await sweepDeletedTables(ports, tenantId);
    } catch (cause) {
      failed.push({ tenantId, cause });
    }
  }
  return { merged, failed, unfinished, isComplete: true };
}

/**
 * Compacts one table when it is due, and then looks for files that nothing names: as often as it grows by some, and never
 * while it is at rest.
 * @returns how many segments became one
 */
export async function compactAndSweep(ports: CompactPorts, table: TableOfTenant): Promise<number> {
  const segments = await compactTable(ports, table);
  if (segments > 0) await sweepSegments(ports, table);
  return segments;
}
