import type { SinkId } from './ids.ts';

/**
 * All that a caller can be allowed to do; each route of the product needs one of them.
 *
 *   ingest      send records, delete rows by key
 *   read        see databases, tables, sinks with their errors and metrics, receipts, replays, quotas
 *   query       see data: rows, SQL, PQL, what quarantine and archive hold
 *   replay      mend, discard and replay stored records, redrive batches
 *   manage      make, change and delete databases, tables, columns and sinks
 *   account     one's own password, keys and sessions
 *   administer  users, invites, tokens, quotas, the audit log
 */
export const verbs = ['ingest', 'read', 'query', 'replay', 'manage', 'account', 'administer'] as const;
export type Verb = (typeof verbs)[number];

/** What a key or token is good for, within what its owner may do. */
export interface Scope {
  readonly verbs: readonly Verb[];
  /** Only these sinks, and nothing that is not of a sink. All of the tenant's, if left out. */
  readonly sinks?: readonly SinkId[];
}

/** What a key is good for that was made without a scope: data and definitions, and nothing that makes more rights. */
export const defaultKeyVerbs: readonly Verb[] = ['ingest', 'read', 'query', 'replay', 'manage'];
