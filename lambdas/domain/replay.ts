import type { ReceiptId, ReplayId, SinkId, TenantId } from './ids.ts';
import type { ReasonCode } from './reasons.ts';

/** Stores of records that a replay can take from. */
export type ReplaySource = 'archive' | 'quarantine';

/** Which records of the source: those to which all that is given applies; all of them where nothing is. */
export interface ReplaySelection {
  /** Ids of entries of the source. */
  readonly ids?: readonly string[];
  readonly receiptId?: ReceiptId;
  /** Of quarantined records. */
  readonly reason?: ReasonCode;
  /** Accepted at or after this time, RFC 3339. */
  readonly acceptedFrom?: string;
  /** Accepted before this time. */
  readonly acceptedTo?: string;
}

/** What became of a replay's records; of a batch that is still under way nothing is counted. */
export interface ReplayCounts {
  readonly batches: number;
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly dropped: number;
  readonly written: number;
  readonly superseded: number;
  readonly quarantined: number;
  /** Accepted records of batches that could not be written. */
  readonly failed: number;
}

export const noReplayCounts: ReplayCounts = {
  batches: 0,
  received: 0,
  accepted: 0,
  rejected: 0,
  dropped: 0,
  written: 0,
  superseded: 0,
  quarantined: 0,
  failed: 0,
};

export type ReplayState = 'running' | 'completed' | 'cancelled' | 'failed';

/**
 * Stored records on their way through a sink once more. Whoever has time advances it; where it broke off, it goes on from
 * its cursor, and what was sent twice counts once.
 */
export interface Replay {
  readonly id: ReplayId;
  readonly tenantId: TenantId;
  /** Whose records are sent again. */
  readonly sinkId: SinkId;
  /** The sink that takes them: the same one, or another. */
  readonly into: SinkId;
  readonly from: ReplaySource;
  readonly selection: ReplaySelection;
  readonly state: ReplayState;
  /** Why it failed. */
  readonly cause?: string;
  /** Up to where the source has been replayed; absent at the start. */
  readonly cursor?: string;
  /** Receipts of the page that is under way: noted before it is sent, counted when all have ended. */
  readonly pending?: readonly ReceiptId[];
  readonly counts: ReplayCounts;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly endedAt?: string;
  /** Changes with every save; a save with another revision than the stored one fails. */
  readonly revision: number;
}
