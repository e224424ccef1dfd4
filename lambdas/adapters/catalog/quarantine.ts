import { retentionDays } from '../../domain/limits.ts';
import type { ArchiveEntry, QuarantineEntry } from '../../domain/quarantine.ts';
import type { Quarantine } from '../../ports/catalog/segments.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import { archiveKey, archivePartition, quarantineKey, quarantinePartition } from './catalog-keys.ts';
import { expiresAfter } from './expiry.ts';
import { findValue } from './saved-entity.ts';

/** Refused records and archived bodies of each sink. Ids are derived, so that a redelivered batch writes the same items. */
export function makeQuarantine(items: ItemStore): Quarantine {
  return {
    async addQuarantined(entries) {
      await items.write(
        entries.map((entry) => ({
          put: {
            ...quarantineKey(entry.sinkId, entry.id),
            revision: 0,
            value: entry,
            expiresAtSeconds: expiresAfter(entry.at, retentionDays),
          },
        })),
      );
    },
    async listQuarantined(sinkId, options) {
      const found = await items.query(quarantinePartition(sinkId), { ...options, newestFirst: true });
      return found.map(({ value }) => value as QuarantineEntry);
    },
    async removeQuarantined(sinkId, ids) {
      await items.write(ids.map((id) => ({ delete: quarantineKey(sinkId, id) })));
    },
    async findQuarantined(tenantId, sinkId, id) {
      const entry = await findValue<QuarantineEntry>(items, quarantineKey(sinkId, id));
      return entry?.tenantId === tenantId ? entry : undefined;
    },
    async addArchived(entry) {
      const key = archiveKey(entry.sinkId, entry.id);
      const expiresAtSeconds = expiresAfter(entry.at, retentionDays);
      await items.write([{ put: { ...key, revision: 0, value: entry, expiresAtSeconds } }]);
    },
    async findArchived(tenantId, sinkId, id) {
      const entry = await findValue<ArchiveEntry>(items, archiveKey(sinkId, id));
      return entry?.tenantId === tenantId ? entry : undefined;
    },
    async listArchived(sinkId, options) {
      const found = await items.query(archivePartition(sinkId), options);
      return found.map(({ value }) => value as ArchiveEntry);
    },
  };
}
