import { type AuditEnd, type AuditEntry, type AuditedChange, beginEntry, endEntry } from '../domain/audit.ts';
import type { AuditId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';

export interface RecordAuditPorts {
  readonly catalog: Pick<Catalog, 'saveAuditEntry'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Stores that a change begins. It may begin once this resolves, and must not where this throws. */
export async function beginAudit(ports: RecordAuditPorts, change: AuditedChange): Promise<AuditEntry> {
  const entry = beginEntry(ports.ids.next<AuditId>(), ports.clock.now(), change);
  await ports.catalog.saveAuditEntry(entry);
  return entry;
}

/** Tells the entry of a change its end. Where this throws, the entry stays `begun`. */
export async function endAudit(ports: RecordAuditPorts, entry: AuditEntry, end: AuditEnd): Promise<void> {
  await ports.catalog.saveAuditEntry(endEntry(entry, ports.clock.now(), end));
}

/** Stores what has ended already, in one write: a sign-in, or a request that was refused before it could change a thing. */
export async function noteAudit(ports: RecordAuditPorts, change: AuditedChange, end: AuditEnd): Promise<void> {
  const nowMs = ports.clock.now();
  const entry = beginEntry(ports.ids.next<AuditId>(), nowMs, change);
  await ports.catalog.saveAuditEntry(endEntry(entry, nowMs, end));
}

/**
 * Makes a change between the two halves of its entry. The end is stored at best effort: a change that was made is not
 * turned into an error, and its entry stays `begun`.
 * @throws what `make` throws; Problem `unavailable` when the entry cannot be stored, and then nothing was changed
 */
export async function audited<T>(ports: RecordAuditPorts, change: AuditedChange, make: () => Promise<T>): Promise<T> {
  const entry = await beginAudit(ports, change).catch(() => {
    throw auditUnavailable();
  });
  const end = (outcome: AuditEnd['outcome']) => endAudit(ports, entry, { outcome }).catch(() => {});
  try {
    const made = await make();
    await end('done');
    return made;
  } catch (error) {
    await end(error instanceof Problem || error instanceof RevisionConflict ? 'refused' : 'failed');
    throw error;
  }
}

/** What a request is answered whose entry could not be stored. */
export function auditUnavailable(): Problem {
  return new Problem(
    'unavailable',
    'The audit log cannot be written at the moment, so nothing was changed. Try again.',
  );
}
