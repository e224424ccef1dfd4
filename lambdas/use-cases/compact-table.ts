import { segmentsToMerge } from '../domain/compaction.ts';
import type { SegmentId, TableId } from '../domain/ids.ts';
import { compactionBytesMax, compactionSegmentsMin, segmentGraceMs } from '../domain/limits.ts';
import { oldestBuckets } from '../domain/merge/time-quantum.ts';
import { segmentKey } from '../domain/segment.ts';
import { shapeOf } from '../domain/table.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { SegmentFiles } from '../ports/segment-files.ts';
import type { TableOfTenant } from './all-tables.ts';

export interface CompactPorts {
  readonly catalog: Pick<
    Catalog,
    'findTable' | 'currentSegments' | 'replaceSegments' | 'coveredSegments' | 'forgetSegments'
  >;
  readonly objects: ObjectStore;
  readonly segmentFiles: SegmentFiles;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Current segments from which a table is compacted; `compactionSegmentsMin` unless given. */
  readonly compactionSegmentsMin?: number;
  /** Bytes of the segments that one compaction merges in this place; `compactionBytesMax`, as for copies, unless given. */
  readonly compactionBytesMax?: number;
}

/**
 * Merges a table's segments once enough wait, without time views that are over, and removes the files of those replaced earlier. Safe against running
 * queries (replaced files stay for a grace), a crash at any step (a file that no item names is never read) and a second
 * compactor (one of the two finds its segments covered, and its file is removed).
 * @returns how many segments became one; 0 when there was nothing to do
 */
export async function compactTable(ports: CompactPorts, { tenantId, tableId }: TableOfTenant): Promise<number> {
  await removeReplaced(ports, tableId);
  const bytesMax = ports.compactionBytesMax ?? compactionBytesMax;
  const segmentsMin = ports.compactionSegmentsMin ?? compactionSegmentsMin;
  const chosen = segmentsToMerge(await ports.catalog.currentSegments(tableId), segmentsMin, bytesMax);
  if (chosen.length === 0) return 0;
  // After the segments: a column that one of them holds is then in the shape, also if it was added just now.
  const table = await ports.catalog.findTable(tenantId, tableId);
  if (!table) return 0;
  const oldest = oldestBuckets(table.columns, ports.clock.now());
  const { body, ...stats } = await ports.segmentFiles.merge(shapeOf(table), chosen, oldest);
  const id = ports.ids.next<SegmentId>();
  const rowsKey = segmentKey(tenantId, tableId, id);
  await ports.objects.putIfAbsent(rowsKey, body);
  const at = new Date(ports.clock.now()).toISOString();
  const covered = chosen.map((segment) => segment.id);
  const done = await ports.catalog.replaceSegments(
    tableId,
    covered,
    { id, tableId, rowsKey, ...stats, createdAt: at },
    at,
  );
  if (!done) await ports.objects.delete([rowsKey]);
  return done ? chosen.length : 0;
}

async function removeReplaced(ports: CompactPorts, tableId: TableId): Promise<void> {
  const oldest = ports.clock.now() - segmentGraceMs;
  const replaced = await ports.catalog.coveredSegments(tableId);
  const due = replaced.filter(({ coveredAt }) => coveredAt !== undefined && Date.parse(coveredAt) < oldest);
  if (due.length === 0) return;
  await ports.objects.delete(due.map(({ rowsKey }) => rowsKey));
  await ports.catalog.forgetSegments(
    tableId,
    due.map(({ id }) => id),
  );
}
