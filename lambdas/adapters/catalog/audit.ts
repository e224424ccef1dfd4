import type { AuditEntry } from '../../domain/audit.ts';
import { auditDays } from '../../domain/limits.ts';
import type { AuditLog } from '../../ports/catalog/audit.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import { auditKey, auditPartition } from './catalog-keys.ts';
import { expiresAfter } from './expiry.ts';

/** Entries of the audit log in a partition of their tenant: functions may write it that may not write the tenant's own. */
export function makeAuditLog(items: ItemStore): AuditLog {
  return {
    async saveAuditEntry(entry) {
      const expiresAtSeconds = expiresAfter(entry.at, auditDays);
      const put = { ...auditKey(entry.tenantId, entry.id), revision: 0, value: entry, expiresAtSeconds };
      await items.write([{ put }]);
    },
    async listAuditEntries(tenantId, options) {
      const found = await items.query(auditPartition(tenantId), { ...options, newestFirst: true });
      return found.map(({ value }) => value as AuditEntry);
    },
  };
}
