import type { ArchiveEntry } from '../../domain/archive.ts';
import { retentionDays } from '../../domain/limits.ts';
import type { Archive } from '../../ports/catalog/archive.ts';
import { RevisionConflict } from '../../ports/catalog/resources.ts';
import type { Item, ItemStore } from '../../ports/item-store.ts';
import { archiveKey, archivePartition } from './catalog-keys.ts';
import { expiresAfter } from './expiry.ts';
import { findValue } from './saved-entity.ts';

/** One item an archived body, in the partition of its sink. */
export function makeArchive(items: ItemStore): Archive {
  return {
    async addArchived(entries) {
      const found = await items.get(entries.map(({ sinkId, id }) => archiveKey(sinkId, id)));
      // Two deliveries of one batch may both find none: they put the same. A replay, which changes an entry, begins after.
      await items.write(entries.flatMap((entry, i) => (found[i] ? [] : [{ put: itemOf(entry) }])));
    },
    async findArchivedOf(places) {
      const found = await items.get(places.map(({ sinkId, id }) => archiveKey(sinkId, id)));
      return found.map((item) => item?.value as ArchiveEntry | undefined);
    },
    async findArchived(tenantId, sinkId, id) {
      const entry = await findValue<ArchiveEntry>(items, archiveKey(sinkId, id));
      return entry?.tenantId === tenantId ? entry : undefined;
    },
    async listArchived(sinkId, options) {
      const found = await items.query(archivePartition(sinkId), options);
      return found.map(({ value }) => value as ArchiveEntry);
    },
    async saveArchived(entry) {
      const next = { ...entry, revision: entry.revision + 1 };
      const failed = await items.transact([{ put: itemOf(next), if: entry.revision }]);
      if (failed !== undefined) throw new RevisionConflict(`archive entry ${entry.id} is not at ${entry.revision}`);
      return next;
    },
  };
}

function itemOf(entry: ArchiveEntry): Item {
  const expiresAtSeconds = expiresAfter(entry.at, retentionDays);
  return { ...archiveKey(entry.sinkId, entry.id), revision: entry.revision, value: entry, expiresAtSeconds };
}
