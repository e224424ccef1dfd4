import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import type { ReceiptId, ReplayId, SinkId, TenantId } from '../domain/ids.ts';
import { Problem, type ProblemKind } from '../domain/problem.ts';
import type { Receipt } from '../domain/receipt.ts';
import {
  noReplayCounts,
  type Replay,
  type ReplayCounts,
  type ReplaySelection,
  type ReplaySource,
} from '../domain/replay.ts';
import { takesRecords } from '../domain/sink-state.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import { RevisionConflict } from '../ports/catalog/resources.ts';
import { type AcceptPorts, makeAcceptBatch } from './accept-batch.ts';
import { acceptEdited } from './accept-edited.ts';
import { awaitVisible } from './await-visible.ts';
import { makeCompiledMappings } from './compiled-mappings.ts';
import { assertOwnSink, type OwnSinkPorts } from './own-sink.ts';
import { type ReadPage, replaySources, type SourcePorts } from './replay-sources.ts';
import { type ReplayTarget, receiptIdOf, type SendAgainPorts, sendAgain } from './send-again.ts';

export interface ReplayPorts extends AcceptPorts, SourcePorts {
  readonly catalog: AcceptPorts['catalog'] &
    SourcePorts['catalog'] &
    SendAgainPorts['catalog'] &
    OwnSinkPorts['catalog'] &
    Pick<Catalog, 'createReplay' | 'findReplay' | 'saveReplay' | 'changeQuarantined' | 'removeQuarantined'>;
}

export interface ReplayRequest {
  readonly sinkId: SinkId;
  /** The same sink, unless given. */
  readonly into?: SinkId;
  readonly from: ReplaySource;
  readonly selection: ReplaySelection;
}

/**
 * Begins a replay: stored records are to go through a sink once more, with the places in the order that they have. It is
 * durable when the promise resolves; `advanceReplay` does the work.
 * @throws Problem `related_not_found` or `incorrect_state` for a sink that cannot take them
 */
export async function startReplay(
  ports: ReplayPorts,
  { tenantId, email }: Pick<Caller, 'tenantId' | 'email'>,
  { sinkId, into = sinkId, from, selection }: ReplayRequest,
): Promise<Replay> {
  await assertReplayable(ports, { tenantId, sinkId, into });
  const replay: Replay = {
    id: ports.ids.next<ReplayId>(),
    tenantId,
    sinkId,
    into,
    from,
    selection,
    state: 'running',
    counts: noReplayCounts,
    startedAt: timeOf(ports),
    startedBy: email,
    revision: 1,
  };
  await ports.catalog.createReplay(replay);
  return replay;
}

/**
 * Goes on with a replay, page by page, until it is done or the time is up. A page is queued, then counted once all its
 * receipts have ended: so a replay is never more than a page ahead of the writer, and its counts are what happened.
 * Several may advance one replay at once: they send the same batches under the same receipts, and one saves each page.
 * @returns the replay as it then stands
 */
export async function advanceReplay(ports: ReplayPorts, begun: Replay, deadlineMs: number): Promise<Replay> {
  const readPage = replaySources(ports)[begun.from];
  let replay = begun;
  while (replay.state === 'running' && ports.clock.now() < deadlineMs) {
    try {
      const page = await replayPage(ports, readPage, replay, deadlineMs);
      if (!page) break;
      replay = await ports.catalog.saveReplay(page);
    } catch (error) {
      if (error instanceof Problem && passing.has(error.kind)) break;
      if (error instanceof Problem) await endFailed(ports, replay, error.message);
      else if (!(error instanceof RevisionConflict)) throw error;
      replay = await standing(ports, replay);
    }
  }
  return standing(ports, replay);
}

/** Problems of the moment: the replay is tried again later. */
const passing: ReadonlySet<ProblemKind> = new Set(['over_rate', 'unavailable', 'key_in_use']);

async function standing({ catalog }: ReplayPorts, replay: Replay): Promise<Replay> {
  return (await catalog.findReplay(replay.tenantId, replay.sinkId, replay.id)) ?? replay;
}

/** Unless it has ended meanwhile: somebody may cancel it just now. */
async function endFailed(ports: ReplayPorts, begun: Replay, cause: string): Promise<void> {
  for (;;) {
    const replay = await standing(ports, begun);
    if (replay.state !== 'running') return;
    try {
      await ports.catalog.saveReplay({ ...replay, state: 'failed', cause, endedAt: timeOf(ports) });
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
}

/** @returns the replay past the page, to be saved; undefined when the time was up before all of the page had ended */
async function replayPage(
  ports: ReplayPorts,
  readPage: ReadPage,
  begun: Replay,
  deadlineMs: number,
): Promise<Replay | undefined> {
  const target = await targetOf(ports, begun);
  const { batches, edited, cursor } = await readPage(begun, begun.cursor);
  const sent = batches.map((stored) => receiptIdOf(begun, stored));
  const noted = await notePending(ports, begun, sent);
  for (const stored of batches) await sendAgain(ports, noted, target, stored);
  const mended = await acceptEdited({ ...ports, acceptBatch: makeAcceptBatch(ports) }, edited, target, deadlineMs);
  const accepted = mended.receipts.map(({ id }) => id);
  const { pending = [], ...replay } = await notePending(ports, noted, accepted);
  const ended: Receipt[] = [];
  for (const id of pending) {
    const receipt = await ports.catalog.findReceipt(replay.tenantId, id);
    // One that was noted and not sent before its records went from where they were.
    if (!receipt) continue;
    const end = await awaitVisible(ports, receipt, deadlineMs);
    if (end.state === 'queued') return undefined;
    ended.push(end);
  }
  const counts = withRefused(ended.reduce(withReceipt, replay.counts), mended.refused);
  const settled = mended.settled.map(({ id }) => id);
  await ports.catalog.removeQuarantined(replay.sinkId, settled);
  if (cursor !== undefined) return { ...replay, counts, cursor };
  return { ...replay, counts, state: 'completed', endedAt: timeOf(ports) };
}

/** What is written leaves quarantine, and would not be found, and counted, when the page is read again. */
async function notePending({ catalog }: ReplayPorts, replay: Replay, receipts: readonly ReceiptId[]): Promise<Replay> {
  const noted = replay.pending ?? [];
  const pending = [...new Set([...noted, ...receipts])];
  return pending.length === noted.length ? replay : catalog.saveReplay({ ...replay, pending });
}

/**
 * Two sinks of one table would give a record the same place in it and say different things of its row, and no order
 * between them. The sink's own schema can change, and says which of two readings is the newer.
 * @throws Problem for a sink that cannot take the records of another
 */
export async function assertReplayable(
  ports: OwnSinkPorts & { readonly catalog: Pick<Catalog, 'findMapping'> },
  { tenantId, sinkId, into }: Pick<Replay, 'tenantId' | 'sinkId' | 'into'>,
): Promise<ReplayTarget> {
  await assertOwnSink(ports, { tenantId }, sinkId);
  const target = await targetOf(ports, { tenantId, into });
  const source = into === sinkId ? undefined : await ports.catalog.findSink(tenantId, sinkId);
  if (source?.tableId === target.sink.tableId)
    throw new Problem(
      'incorrect_state',
      `Sink ${into} is of the same table as sink ${sinkId}. Change the schema of ${sinkId} and replay into it, or choose a sink of another table.`,
      { parameter: 'into' },
    );
  return target;
}

/** The sink that records are replayed into, with its mapping of now. */
export async function targetOf(
  { catalog }: { readonly catalog: Pick<Catalog, 'findSink' | 'findMapping'> },
  { tenantId, into }: { readonly tenantId: TenantId; readonly into: SinkId },
): Promise<ReplayTarget> {
  const sink = await catalog.findSink(tenantId, into);
  if (!sink) throw new Problem('related_not_found', `Sink ${shown(into)} does not exist; it was to take the records.`);
  if (!takesRecords(sink))
    throw new Problem('incorrect_state', `Sink ${into} is ${sink.status} and takes no records.`, {
      status: sink.status,
    });
  const loaded = await makeCompiledMappings(catalog)(into, sink.mappingRevision);
  if (!loaded) throw new Problem('incorrect_state', `Sink ${into} is being deleted.`);
  return { ...loaded, sink };
}

function timeOf({ clock }: ReplayPorts): string {
  return new Date(clock.now()).toISOString();
}

function withReceipt(counts: ReplayCounts, receipt: Receipt): ReplayCounts {
  const { written = 0, superseded = 0, quarantined = 0 } = receipt;
  return {
    batches: counts.batches + 1,
    received: counts.received + receipt.received,
    accepted: counts.accepted + receipt.accepted,
    rejected: counts.rejected + receipt.rejected,
    dropped: counts.dropped + receipt.dropped,
    written: counts.written + written,
    superseded: counts.superseded + superseded,
    quarantined: counts.quarantined + (receipt.state === 'failed' ? 0 : quarantined),
    failed: counts.failed + (receipt.state === 'failed' ? receipt.accepted : 0),
  };
}

/** Mended records that are refused still, of which there is no receipt. */
function withRefused(counts: ReplayCounts, refused: number): ReplayCounts {
  return { ...counts, received: counts.received + refused, rejected: counts.rejected + refused };
}
