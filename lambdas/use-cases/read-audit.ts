import type { AuditEntry } from '../domain/audit.ts';
import type { Caller } from '../domain/caller.ts';
import type { AuditId } from '../domain/ids.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { idAfterTime, idBeforeTime } from './selected-times.ts';

/** Entries read at a time. */
const entriesPerRead = 500;
/** Entries that one call looks at, whether it shows them or not: bounds its time. */
const entriesLookedAtMax = 10_000;

export interface AuditFilter {
  /** E-mail address or user id of who did it, or the id of the key or token they used. */
  readonly actor?: string;
  readonly operation?: string;
  /** RFC 3339: begun at this time or later. */
  readonly from?: string;
  /** RFC 3339: begun before this time. */
  readonly to?: string;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** `after` of the next page; absent: there is no more. */
  readonly next?: AuditId;
}

/**
 * The audit log of the caller's tenant, newest first. A page may hold fewer entries than asked for, or none, and still have
 * a next one: a filter that few entries pass is looked for in steps.
 */
export async function listAudit(
  { catalog }: { readonly catalog: Pick<Catalog, 'listAuditEntries'> },
  { tenantId }: Pick<Caller, 'tenantId'>,
  { filter, limit, after }: { readonly filter: AuditFilter; readonly limit: number; readonly after?: string },
): Promise<AuditPage> {
  const last = filter.from === undefined ? undefined : idBeforeTime(filter.from);
  const found: AuditEntry[] = [];
  let from = startOf(filter, after);
  let next: AuditId | undefined;
  for (let lookedAt = 0; lookedAt < entriesLookedAtMax; ) {
    const read = await catalog.listAuditEntries(tenantId, {
      limit: entriesPerRead,
      ...(from !== undefined && { after: from }),
    });
    for (const entry of read) {
      if (last !== undefined && entry.id < last) return { entries: found };
      next = entry.id;
      if (passes(entry, filter)) found.push(entry);
      if (found.length === limit) return { entries: found, next };
    }
    if (read.length < entriesPerRead) return { entries: found };
    from = next;
    lookedAt += read.length;
  }
  return { entries: found, ...(next !== undefined && { next }) };
}

/** Where reading begins: behind the page before, or at the last time that is asked for, whichever is earlier. */
function startOf({ to }: AuditFilter, after: string | undefined): string | undefined {
  if (to === undefined) return after;
  const latest = idAfterTime(to);
  return after !== undefined && after < latest ? after : latest;
}

function passes({ actor, operation, at }: AuditEntry, filter: AuditFilter): boolean {
  if (filter.operation !== undefined && operation !== filter.operation) return false;
  if (filter.from !== undefined && Date.parse(at) < Date.parse(filter.from)) return false;
  if (filter.to !== undefined && Date.parse(at) >= Date.parse(filter.to)) return false;
  if (filter.actor === undefined) return true;
  const { email, userId, tokenId } = actor;
  return [userId, tokenId].includes(filter.actor as never) || email.toLowerCase() === filter.actor.toLowerCase();
}
