import { deepStrictEqual } from 'node:assert';
import type { BatchHeader } from '../../../lambdas/domain/batch.ts';
import type { Replay } from '../../../lambdas/domain/replay.ts';
import { advanceReplay, startReplay } from '../../../lambdas/use-cases/replay-records.ts';
import type { Crash, ReplayStep, Step } from './history.ts';
import { startInstance } from './instance.ts';
import { outcomesOf } from './model.ts';
import { type ModelSelection, selectionOf } from './replay-selection.ts';
import { takeMessages } from './take-messages.ts';
import { works } from './works.ts';
import { type ModelRequest, type ModelSink, untouched, type World } from './world.ts';

export interface ModelReplay {
  readonly sink: ModelSink;
  /** As it was begun. */
  readonly replay: Replay;
  readonly isSelected: ModelSelection['has'];
  isEnded: boolean;
}

/** Milliseconds that a replay waits for its batches to be written, which is for nothing here. */
const patienceMs = 10;

/** Begins a replay and goes on with it, as the host does that takes the request. */
export async function replayRecords(world: World, step: ReplayStep): Promise<void> {
  const { caller, sinks } = world;
  const sink = sinks[step.sink % sinks.length]!;
  const { selection, has: isSelected } = selectionOf(world, sink, step);
  const instance = startInstance(world, step.crash);
  const known = new Set(world.replays.map(({ replay }) => replay.id));
  await works(instance, () => startReplay(instance.ports, caller, { sinkId: sink.id, from: step.from, selection }));
  // Also of a process that ended before it could tell.
  const listed = await world.place.ports.catalog.listReplays(sink.id, { limit: 100 });
  const replay = listed.find(({ id }) => !known.has(id));
  if (!replay) return;
  const begun: ModelReplay = { sink, replay, isSelected, isEnded: false };
  world.replays.push(begun);
  world.seen.replays += 1;
  await advance(world, begun);
}

export async function advanceOne(world: World, step: Extract<Step, { do: 'advance' }>): Promise<void> {
  const running = world.replays.filter(({ isEnded }) => !isEnded);
  const one = running[step.replay % Math.max(1, running.length)];
  if (one) await advance(world, one, step.crash);
}

export async function advance(world: World, one: ModelReplay, crash?: Crash): Promise<void> {
  const { caller, place } = world;
  const { sink, replay } = one;
  const instance = startInstance(world, crash);
  const find = () => place.ports.catalog.findReplay(caller.tenantId, sink.id, replay.id);
  await works(instance, async () => advanceReplay(instance.ports, (await find())!, place.clock.now() + patienceMs));
  await takeMessages(world, (header) => sentAgain(world, one, header));
  const { state, cause } = (await find())!;
  if (state === 'failed') throw new Error(`the replay failed: ${cause}`);
  one.isEnded = state === 'completed';
}

/** What a replay has queued, as this model sees it; what it says of the records must be what the model says. */
function sentAgain(world: World, { sink, isSelected }: ModelReplay, header: BatchHeader): ModelRequest {
  const { receiptId, mappingRevision, replayed } = header;
  const sentBefore = world.requests.find((one) => one.placed?.receiptId === receiptId);
  if (sentBefore && sentBefore.placed!.revision === mappingRevision) return sentBefore;
  const original = world.requests.find((one) => !one.again && one.placed?.receiptId === replayed?.receiptId)!;
  deepStrictEqual(original.sink === sink && isSelected(original), true, 'a replay sends what was selected');
  deepStrictEqual(mappingRevision, sink.mappings.length, 'a replay is under the mapping of now');
  const all = original.records.map((_, position) => position);
  const positions = replayed!.positions ?? all;
  const mapping = sink.mappings.at(-1)!;
  const records = positions.map((position) => original.records[position]!);
  // Records that are chosen one by one stand for themselves.
  const outcomes = outcomesOf(records, replayed!.positions ? { ...mapping, partial: true } : mapping, world.history);
  const accepted = outcomes.filter((outcome) => !('rejected' in outcome)).length;
  deepStrictEqual({ received: header.received, accepted: header.accepted }, { received: records.length, accepted });
  const takesBack = replayed!.applied!.flatMap(({ revision, except }) =>
    revision < mappingRevision
      ? [{ revision, positions: new Set(all.filter((position) => !except.includes(position))) }]
      : [],
  );
  const again = { original, positions, takesBack };
  const placed = { receiptId, place: original.placed!.place, revision: mappingRevision, outcomes };
  const request: ModelRequest = { sink, records, body: '', again, placed, ...untouched };
  checkTakesBack(world, request);
  world.requests.push(request);
  world.seen.sentAgain += 1;
  if (takesBack.length > 0) world.seen.takenBack += 1;
  return request;
}

/** Whatever older revisions made of the records, or will make of them, a replay under a newer one takes back. */
function checkTakesBack({ requests }: World, { placed, again }: ModelRequest): void {
  for (const earlier of requests) {
    const isOfSame = earlier === again!.original || earlier.again?.original === again!.original;
    const { revision, outcomes } = earlier.placed ?? {};
    if (!isOfSame || !earlier.isQueued || revision === undefined || revision >= placed!.revision) continue;
    outcomes!.forEach((outcome, i) => {
      const position = earlier.again?.positions[i] ?? i;
      if ('rejected' in outcome || !again!.positions.includes(position)) return;
      const taken = again!.takesBack.some((one) => one.revision === revision && one.positions.has(position));
      deepStrictEqual(taken, true, `a replay takes back what revision ${revision} made of record ${position}`);
    });
  }
}
