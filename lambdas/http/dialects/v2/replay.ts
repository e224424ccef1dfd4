import type { ArchiveEntry } from '../../../domain/archive.ts';
import type { SinkId } from '../../../domain/ids.ts';
import { Problem } from '../../../domain/problem.ts';
import { hintOf } from '../../../domain/reasons.ts';
import type { Replay, ReplaySelection } from '../../../domain/replay.ts';
import type { V2ReplayBody } from '../../../generated/request-bodies.ts';
import type { ReplayRequest } from '../../../use-cases/replay-records.ts';
import type { ReplayTrial } from '../../../use-cases/try-replay.ts';
import { selectionOf } from './selection.ts';

/** @throws Problem for a choice that the source cannot make */
export function replayRequestOf(sinkId: SinkId, { from, into, dry_run: _, ...sent }: V2ReplayBody): ReplayRequest {
  if (from === 'archive' && sent.reason !== undefined)
    throw new Problem('invalid_parameter', 'reason chooses records in quarantine; the archive has whole requests.', {
      parameter: 'reason',
    });
  return { sinkId, from, selection: selectionOf(sent), ...(into !== undefined && { into: into as SinkId }) };
}

export function replayView(replay: Replay): object {
  const { id, sinkId, into, from, selection, state, cause, counts, startedAt, startedBy, endedAt } = replay;
  return {
    id,
    state,
    ...(cause !== undefined && { cause }),
    from,
    sink_id: sinkId,
    into,
    selection: selectionView(selection),
    ...counts,
    started_at: startedAt,
    started_by: startedBy,
    ...(endedAt !== undefined && { ended_at: endedAt }),
  };
}

function selectionView({ ids, reason, receiptId, acceptedFrom, acceptedTo }: ReplaySelection): object {
  const shown = { ids, reason, receipt_id: receiptId, accepted_from: acceptedFrom, accepted_to: acceptedTo };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined));
}

export function trialView({ isComplete, reasons, ...counts }: ReplayTrial): object {
  return {
    dry_run: true,
    complete: isComplete,
    ...counts,
    reasons: reasons.map((one) => ({ ...one, hint: hintOf(one.reason) })),
  };
}

export function archiveView({ id, receiptId, records, bytes, acceptedAt, applied, reason, at }: ArchiveEntry): object {
  return {
    id,
    receipt_id: receiptId,
    records,
    bytes,
    accepted_at: acceptedAt,
    archived_at: at,
    mapping_revisions: applied.map(({ revision }) => revision),
    ...(reason !== undefined && { reason }),
  };
}
