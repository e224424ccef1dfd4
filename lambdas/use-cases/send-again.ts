import { type AppliedRevision, type ArchiveEntry, archiveIdOf } from '../domain/archive.ts';
import type { BatchId, ReceiptId } from '../domain/ids.ts';
import { discardIncomplete, recordsOf } from '../domain/json/records-body.ts';
import type { RecordOutcome } from '../domain/outcome.ts';
import { batchHeaderOf, openedReceipt, type Receipt } from '../domain/receipt.ts';
import type { Replay } from '../domain/replay.ts';
import type { Sink } from '../domain/sink.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';
import type { Clock } from '../ports/clock.ts';
import type { Intake } from '../ports/intake.ts';
import type { LoadedMapping } from './compiled-mappings.ts';
import type { StoredBatch } from './replay-sources.ts';

export interface SendAgainPorts {
  readonly catalog: Pick<Catalog, 'findReceipt' | 'findArchived' | 'saveArchived' | 'openReceipt'>;
  readonly intake: Intake;
  readonly clock: Clock;
}

/** A sink that takes replayed records, with its mapping of now. */
export interface ReplayTarget extends LoadedMapping {
  readonly sink: Sink;
}

/** What becomes of stored records under a mapping. Those chosen one by one stand for themselves; a whole request does not. */
export function outcomesAgain({ body, positions }: StoredBatch, target: LoadedMapping): readonly RecordOutcome[] {
  const outcomes = recordsOf(body, target.exactNumbers).map(target.map);
  return positions ? outcomes : discardIncomplete(outcomes, target.mapping);
}

/** The receipt of a batch that a replay sends again. */
export function receiptIdOf({ id }: Pick<Replay, 'id'>, { batchId }: Pick<StoredBatch, 'batchId'>): ReceiptId {
  return `${id}.${batchId}` as ReceiptId;
}

/**
 * Queues records that were here before once more, at the places in the order that they have and under the mapping of now.
 * Their receipt's id follows from the replay and the batch, so that a replay that broke off sends nothing twice.
 * @returns the receipt as it stands: that of the first time where they were sent already
 */
export async function sendAgain(
  ports: SendAgainPorts,
  replay: Replay,
  target: ReplayTarget,
  stored: StoredBatch,
): Promise<Receipt> {
  const id = receiptIdOf(replay, stored);
  const sent = await ports.catalog.findReceipt(replay.tenantId, id);
  if (sent) return sent;
  const outcomes = outcomesAgain(stored, target);
  const { receiptId, batchId, version, positions } = stored;
  const applied =
    replay.into === replay.sinkId ? await noteApplied(ports, replay, target, stored, outcomes) : undefined;
  const acceptance = {
    receiptId: id,
    batchId: id as string as BatchId,
    version,
    mappingRevision: target.sink.mappingRevision,
    acceptedAt: new Date(ports.clock.now()).toISOString(),
  };
  const replayed = { receiptId, batchId, ...(positions && { positions }), ...(applied && { applied }) };
  const receipt = openedReceipt(target.sink, acceptance, outcomes, replayed);
  const batch = { header: batchHeaderOf(receipt), payload: { kind: 'records' as const, body: stored.body } };
  await (outcomes.length > 0 ? ports.intake.take(receipt, batch) : ports.catalog.openReceipt(receipt));
  return receipt;
}

/**
 * Notes in the archive, before it is queued, that this revision makes rows of the batch too: a replay under a later one
 * has to know, to take them back. Should we crash in between, the replay goes on and queues it.
 * @returns the revisions that have made rows of it so far
 */
async function noteApplied(
  { catalog }: SendAgainPorts,
  { tenantId, sinkId }: Replay,
  { sink }: ReplayTarget,
  { batchId, positions }: StoredBatch,
  outcomes: readonly RecordOutcome[],
): Promise<readonly AppliedRevision[]> {
  const made = new Set(outcomes.flatMap(({ kind }, place) => (kind === 'row' ? [positions?.[place] ?? place] : [])));
  for (;;) {
    const entry = await catalog.findArchived(tenantId, sinkId, archiveIdOf(batchId));
    if (!entry) return [];
    const noted = withApplied(entry, sink.mappingRevision, made);
    try {
      if (noted !== entry) await catalog.saveArchived(noted);
      return entry.applied;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
}

/** @param made positions of the records of which the revision makes rows */
function withApplied(entry: ArchiveEntry, revision: number, made: ReadonlySet<number>): ArchiveEntry {
  if (made.size === 0) return entry;
  const others = entry.applied.filter((one) => one.revision !== revision);
  const same = entry.applied.find((one) => one.revision === revision);
  const before = same?.except ?? Array.from({ length: entry.records }, (_, position) => position);
  const except = before.filter((position) => !made.has(position));
  return same && except.length === same.except.length
    ? entry
    : { ...entry, applied: [...others, { revision, except }] };
}
