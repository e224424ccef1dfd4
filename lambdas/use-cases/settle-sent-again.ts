import type { ArchiveEntry } from '../domain/archive.ts';
import { quarantinedAs } from '../domain/batch.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { quarantineId } from '../ports/catalog/segments.ts';
import { appliedTo } from './archive-bodies.ts';
import type { MappedBatch } from './map-batch.ts';

/**
 * A batch that was a dead letter, or is a replay into its own sink, is in the table now: its records are in quarantine no
 * longer, but for those that are refused still; and a dead letter is none any more. Before its receipt says so, because a
 * receipt that is `visible` is the end of a batch.
 * @param entry of the batch in the archive, as it was before this delivery
 */
export async function settleSentAgain(
  catalog: Pick<Catalog, 'removeQuarantined' | 'saveArchived'>,
  { header, positions, refused }: MappedBatch,
  entry: ArchiveEntry | undefined,
): Promise<void> {
  const isDead = entry?.reason !== undefined;
  if (!isDead && !header.redriven && !header.replayed?.applied) return;
  const { receiptId } = quarantinedAs(header);
  await catalog.removeQuarantined(
    header.sinkId,
    positions.map((position) => quarantineId(receiptId, position)),
  );
  if (!isDead) return;
  const { reason: _, applied, ...kept } = entry;
  const others = applied.filter(({ revision }) => revision !== header.mappingRevision);
  // Should somebody have changed it in between, this batch is delivered again and finds what stands then.
  await catalog.saveArchived({ ...kept, applied: [...others, appliedTo(header, refused)] });
}
