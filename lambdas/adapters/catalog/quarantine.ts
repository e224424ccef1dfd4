import { retentionDays } from '../../domain/limits.ts';
import type { QuarantineEntry } from '../../domain/quarantine.ts';
import type { Quarantine } from '../../ports/catalog/segments.ts';
import type { Item, ItemStore } from '../../ports/item-store.ts';
import { quarantineKey, quarantinePartition } from './catalog-keys.ts';
import { expiresAfter } from './expiry.ts';
import { findValue } from './saved-entity.ts';

/** Refused records of each sink. Ids are derived, so that a redelivered batch writes the same items. */
export function makeQuarantine(items: ItemStore): Quarantine {
  return {
    async addQuarantined(entries) {
      const found = await items.get(entries.map(({ sinkId, id }) => quarantineKey(sinkId, id)));
      await items.write(entries.map((entry, i) => ({ put: itemOf(withEdit(entry, found[i])) })));
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
    async changeQuarantined(entry) {
      return (await items.transact([{ put: itemOf(entry), if: 0 }])) === undefined;
    },
  };
}

/** Refused once more, a record keeps what somebody made of it. */
function withEdit(entry: QuarantineEntry, found: Item | undefined): QuarantineEntry {
  const { edited } = (found?.value ?? {}) as Partial<QuarantineEntry>;
  return edited === undefined ? entry : { ...entry, edited };
}

function itemOf(entry: QuarantineEntry): Item {
  const expiresAtSeconds = expiresAfter(entry.at, retentionDays);
  return { ...quarantineKey(entry.sinkId, entry.id), revision: 0, value: entry, expiresAtSeconds };
}
