import type { ReplaySelection } from '../../../lambdas/domain/replay.ts';
import { versionMs } from '../../../lambdas/domain/version.ts';
import { quarantineId } from '../../../lambdas/ports/catalog/segments.ts';
import type { ReplayStep } from './history.ts';
import type { ModelRequest, ModelSink, World } from './world.ts';

export interface ModelSelection {
  readonly selection: ReplaySelection;
  /** Whether records of a request of the sink may be sent, also of one that comes while the replay is under way. */
  readonly has: (request: ModelRequest) => boolean;
}

/** What a replay asks for, and the requests that have it. */
export function selectionOf(world: World, sink: ModelSink, { choose, from, requests }: ReplayStep): ModelSelection {
  const ofSink = world.requests.filter((one) => one.sink === sink && one.isQueued && !one.again);
  const chosen = [...new Set(requests.flatMap((place) => ofSink[place % Math.max(1, ofSink.length)] ?? []))];
  const [first] = chosen;
  if (choose === 'all' || first === undefined) return { selection: {}, has: () => true };
  const { receiptId } = first.placed!;
  if (choose === 'receipt') return { selection: { receiptId }, has: (request) => request === first };
  if (choose === 'ids') {
    return { selection: { ids: idsOf(chosen, from) }, has: (request) => chosen.includes(request) };
  }
  const [acceptedFrom, acceptedTo] = chosen.map(({ header }) => header!.acceptedAt).sort() as [string, string?];
  const until = acceptedTo ?? new Date(Date.parse(acceptedFrom) + 1).toISOString();
  const [fromMs, untilMs] = [Date.parse(acceptedFrom), Date.parse(until)];
  return {
    selection: { acceptedFrom, acceptedTo: until },
    has: (request) => fromMs <= acceptedMsOf(request, from) && acceptedMsOf(request, from) < untilMs,
  };
}

/** Quarantine knows the time of acceptance by the version, which does not go back with the clock. */
function acceptedMsOf({ header }: ModelRequest, from: ReplayStep['from']): number {
  return from === 'archive' ? Date.parse(header!.acceptedAt) : versionMs(header!.version);
}

function idsOf(requests: readonly ModelRequest[], from: ReplayStep['from']): readonly string[] {
  if (from === 'archive') return requests.map(({ header }) => header!.batchId);
  return requests.flatMap(({ placed }) =>
    placed!.outcomes.map((_, position) => quarantineId(placed!.receiptId, position)),
  );
}
