import type { Caller } from './caller.ts';
import type { AuditId, TenantId, TokenId, UserId } from './ids.ts';
import { auditTextLengthMax } from './limits.ts';

/** Who did it, as `Caller` knew them. */
export interface AuditActor {
  readonly userId?: UserId;
  /** The key or token that was used, where one was. */
  readonly tokenId?: TokenId;
  /** E-mail address of the user, or the name of the tenant's token, as it was then. */
  readonly email: string;
}

/**
 * How a change ended. `begun`: nobody has said yet, or the process died. `done`: it was made. `refused`: nothing was
 * changed. `failed`: by a fault of ours, or for want of time; a part of it may have been done.
 */
export const auditOutcomes = ['begun', 'done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Names and ids of what an operation was on, by the names of the path's parameters. No bodies: they hold secrets and data. */
export type AuditTarget = Readonly<Record<string, string>>;

/** Where a request came from, and how logs name it. */
export interface RequestOrigin {
  /** The address that the connection came from, as API Gateway or the host's socket says. Empty where nobody knows. */
  readonly source: string;
  readonly requestId: string;
}

/** What somebody set out to change. */
export interface AuditedChange {
  readonly tenantId: TenantId;
  readonly actor: AuditActor;
  /** `operationId` of the OpenAPI document, or the name of what a call does besides. */
  readonly operation: string;
  readonly target: AuditTarget;
  readonly origin: RequestOrigin;
}

export interface AuditEntry extends Pick<AuditedChange, 'tenantId' | 'actor' | 'operation' | 'target'>, RequestOrigin {
  /** Sorts by time. */
  readonly id: AuditId;
  /** When it began: RFC 3339. */
  readonly at: string;
  readonly outcome: AuditOutcome;
  readonly endedAt?: string;
  /** Of the HTTP answer, where it tells the outcome. */
  readonly status?: number;
  /** The id of what was made. */
  readonly made?: string;
}

/** How a change ended, as far as it is known. */
export type AuditEnd = Pick<AuditEntry, 'outcome' | 'status' | 'made'>;

/** The entry of a change that begins now. Texts that a client chose are cut: an entry is small whatever a path holds. */
export function beginEntry(id: AuditId, nowMs: number, { origin, ...change }: AuditedChange): AuditEntry {
  const target = Object.fromEntries(Object.entries(change.target).map(([name, text]) => [name, cut(text)]));
  return { id, at: new Date(nowMs).toISOString(), ...change, target, ...origin, outcome: 'begun' };
}

/** The same entry once it has ended. */
export function endEntry(entry: AuditEntry, nowMs: number, end: AuditEnd): AuditEntry {
  const made = end.made === undefined ? {} : { made: cut(end.made) };
  return { ...entry, ...end, ...made, endedAt: new Date(nowMs).toISOString() };
}

/** What the status of an answer says of a change: 408 is our own time that was up, and no fault of the request. */
export function outcomeOfStatus(status: number): AuditOutcome {
  if (status < 400) return 'done';
  return status >= 500 || status === 408 ? 'failed' : 'refused';
}

export function actorOf({ userId, tokenId, email }: Caller): AuditActor {
  return { ...(userId !== undefined && { userId }), ...(tokenId !== undefined && { tokenId }), email };
}

function cut(text: string): string {
  return text.slice(0, auditTextLengthMax);
}
