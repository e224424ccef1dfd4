import type { ArchiveEntry } from '../../domain/archive.ts';
import type { ArchiveId, SinkId, TenantId } from '../../domain/ids.ts';

/** Index of the bodies in the archive, by sink; the bodies themselves are objects. Entries go after `retentionDays`. */
export interface Archive {
  /** Adds entries; those whose id is there already stay as they are. */
  addArchived(entries: readonly ArchiveEntry[]): Promise<void>;
  /** Of each place what is there. */
  findArchivedOf(
    places: readonly Pick<ArchiveEntry, 'sinkId' | 'id'>[],
  ): Promise<readonly (ArchiveEntry | undefined)[]>;
  findArchived(tenantId: TenantId, sinkId: SinkId, id: ArchiveId): Promise<ArchiveEntry | undefined>;
  /** In order of acceptance. @param after any text: ids after it in the order of text */
  listArchived(
    sinkId: SinkId,
    options: { readonly limit: number; readonly after?: ArchiveId },
  ): Promise<readonly ArchiveEntry[]>;
  /** Saves over the stored revision; throws `RevisionConflict` if it is another, or the entry is gone. */
  saveArchived(entry: ArchiveEntry): Promise<ArchiveEntry>;
}
