import type { AuditEntry } from '../../domain/audit.ts';
import type { TenantId } from '../../domain/ids.ts';

/** What was changed, and by whom: entries of each tenant, for `auditDays` after they began. */
export interface AuditLog {
  /** Durable when it resolves. Takes the place of the entry of that id, so that a change that began can be told its end. */
  saveAuditEntry(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  listAuditEntries(
    tenantId: TenantId,
    options: { readonly limit: number; readonly after?: string },
  ): Promise<readonly AuditEntry[]>;
}
