import { deepStrictEqual } from 'node:assert';
import type { SinkId } from '../../../lambdas/domain/ids.ts';
import type { Receipt } from '../../../lambdas/domain/receipt.ts';
import { quarantineId } from '../../../lambdas/ports/catalog/segments.ts';
import type { ModelOutcome } from './model.ts';
import type { ModelRequest, Placed, World } from './world.ts';

/** More than a sink of one history has in quarantine. */
const entriesMax = 1_000;

/** Every record is counted once, where it went. @throws what is not as it should be */
export async function checkReceipts(world: World): Promise<void> {
  const { place, sinks, requests, caller } = world;
  const { catalog } = place.ports;
  const wanted = new Map<string, readonly string[]>();
  const optional = new Map<string, readonly string[]>();
  for (const request of requests) {
    const { placed } = request;
    if (!placed) continue;
    deepStrictEqual(request.isAnswered && !request.isQueued, false, 'a request that was answered and never queued');
    const receipt = await catalog.findReceipt(caller.tenantId, placed.receiptId);
    if (request.isQueued) {
      checkReceipt(receipt, request, placed);
      if (request.sink && !request.again) noteEntries(world, request, { wanted, optional });
    } else if (receipt) throw new Error('a receipt of what was not queued');
  }
  const found = new Map<string, string>();
  for (const sinkId of [...sinks.map(({ id }) => id), world.table.id as string as SinkId]) {
    const entries = await catalog.listQuarantined(sinkId, { limit: entriesMax });
    for (const { id, reason } of entries) if (!optional.get(id)?.includes(reason)) found.set(id, reason);
    deepStrictEqual(await catalog.hasPending(sinkId), false, 'a receipt that waits');
  }
  const known = Array.from(wanted, ([id, reasons]) => [
    id,
    reasons.find((reason) => reason === found.get(id)) ?? reasons,
  ]);
  deepStrictEqual(Object.fromEntries(found), Object.fromEntries(known), 'quarantine');
}

function checkReceipt(receipt: Receipt | undefined, request: ModelRequest, { outcomes }: Placed): void {
  const refused = outcomes.filter((outcome) => 'rejected' in outcome).length;
  const accepted = outcomes.length - refused;
  const counts = { received: outcomes.length, accepted, rejected: refused, dropped: 0 };
  const state = accepted === 0 ? 'rejected' : request.isDead ? 'failed' : 'visible';
  if (!receipt) throw new Error(`no receipt of a request that was queued, wanted ${JSON.stringify(counts)}`);
  const { received, rejected, dropped } = receipt;
  deepStrictEqual(
    { received, accepted: receipt.accepted, rejected, dropped, state: receipt.state },
    { ...counts, state },
  );
  if (state === 'rejected') return;
  // A row operation is no record: dead, it is in the archive and nowhere else.
  if (state === 'failed' && !request.sink) return;
  const { written = Number.NaN, superseded = Number.NaN, quarantined = Number.NaN } = receipt;
  deepStrictEqual(
    { sum: written + superseded + quarantined, quarantined },
    { sum: accepted, quarantined: state === 'failed' ? accepted : 0 },
    `accepted = written + superseded + quarantined: ${JSON.stringify({ accepted, written, superseded, quarantined })}`,
  );
}

/** What became of one record in one of the batches that it was sent in. */
interface Sending {
  readonly request: ModelRequest;
  readonly outcome: ModelOutcome;
}

/** Of each record of a request, what the request and its replays made of it. */
function sendingsOf({ requests }: World, request: ModelRequest): readonly (readonly Sending[])[] {
  const replays = requests.filter(({ again, isQueued }) => isQueued && again?.original === request);
  return request.placed!.outcomes.map((outcome, position) => [
    { request, outcome },
    ...replays.flatMap((replay) => {
      const at = replay.again!.positions.indexOf(position);
      return at < 0 ? [] : [{ request: replay, outcome: replay.placed!.outcomes[at]! }];
    }),
  ]);
}

/**
 * What of a request must be in quarantine, with the reason, and what may be. Of records that a replay sent again, and that
 * one revision takes and another refuses, it depends on which was delivered last; so do the reasons.
 */
function noteEntries(
  world: World,
  request: ModelRequest,
  { wanted, optional }: Readonly<Record<'wanted' | 'optional', Map<string, readonly string[]>>>,
): void {
  sendingsOf(world, request).forEach((sendings, position) => {
    const id = quarantineId(request.placed!.receiptId, position);
    const reasons = sendings.flatMap(({ outcome }) => ('rejected' in outcome ? [outcome.rejected] : []));
    const isRefused = reasons.length === sendings.length;
    const [only] = sendings;
    if (sendings.length === 1 && !isRefused) {
      if (only!.request.isDead) wanted.set(id, ['write_failed']);
    } else if (isRefused) wanted.set(id, request.isUnheard ? [...reasons, 'write_failed'] : reasons);
    else if (reasons.length > 0 || sendings.some((one) => one.request.wasDead)) {
      optional.set(id, [...reasons, 'write_failed']);
    }
  });
}
