import type { Caller } from '../domain/caller.ts';
import type { RecordOutcome, Rejection } from '../domain/outcome.ts';
import type { ReasonCode } from '../domain/reasons.ts';
import { outcomeOf } from './accept-edited.ts';
import { assertReplayable, type ReplayPorts, type ReplayRequest } from './replay-records.ts';
import { replaySources } from './replay-sources.ts';
import { outcomesAgain } from './send-again.ts';

/** Records that would be refused for one reason, with the first of them. */
export interface TrialReason {
  readonly reason: ReasonCode;
  readonly records: number;
  readonly first: Omit<Rejection, 'kind'>;
}

/** What a replay would do. */
export interface ReplayTrial {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly dropped: number;
  /** Most frequent first. */
  readonly reasons: readonly TrialReason[];
  /** False: the time was up before all that is selected had been looked at. */
  readonly isComplete: boolean;
}

/**
 * Maps what a replay would send, and sends nothing. Rows that would be too large for the row store are not foreseen: that
 * depends on what is stored then.
 * @throws Problem as `startReplay`
 */
export async function tryReplay(
  ports: Pick<ReplayPorts, 'catalog' | 'objects' | 'clock'>,
  { tenantId }: Pick<Caller, 'tenantId'>,
  { sinkId, into = sinkId, from, selection }: ReplayRequest,
  deadlineMs: number,
): Promise<ReplayTrial> {
  const target = await assertReplayable(ports, { tenantId, sinkId, into });
  const readPage = replaySources(ports)[from];
  const outcomes = { row: 0, dropped: 0, rejected: 0 };
  const reasons = new Map<ReasonCode, { records: number; first: TrialReason['first'] }>();
  const count = (outcome: RecordOutcome) => {
    outcomes[outcome.kind] += 1;
    if (outcome.kind !== 'rejected') return;
    const { kind: _, ...first } = outcome;
    const known = reasons.get(outcome.reason) ?? { records: 0, first };
    reasons.set(outcome.reason, { ...known, records: known.records + 1 });
  };
  let cursor: string | undefined;
  do {
    const page = await readPage({ tenantId, sinkId, selection }, cursor);
    for (const stored of page.batches) for (const outcome of outcomesAgain(stored, target)) count(outcome);
    for (const entry of page.edited) count(outcomeOf(entry.edited!, target));
    cursor = page.cursor;
  } while (cursor !== undefined && ports.clock.now() < deadlineMs);
  return {
    received: outcomes.row + outcomes.dropped + outcomes.rejected,
    accepted: outcomes.row,
    rejected: outcomes.rejected,
    dropped: outcomes.dropped,
    reasons: Array.from(reasons, ([reason, found]) => ({ reason, ...found })).sort((a, b) => b.records - a.records),
    isComplete: cursor === undefined,
  };
}
