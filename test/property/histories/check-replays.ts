import { deepStrictEqual } from 'node:assert';
import type { ArchiveId, ReplayId } from '../../../lambdas/domain/ids.ts';
import { noReplayCounts, type ReplayCounts } from '../../../lambdas/domain/replay.ts';
import { makeArchiveReader } from '../../../lambdas/use-cases/archive-bodies.ts';
import { receiptIdOf } from '../../../lambdas/use-cases/send-again.ts';
import type { ModelSink, World } from './world.ts';

/** The archive has every body as it was sent. @throws what it has not */
export async function checkArchive({ place, caller, requests }: World): Promise<void> {
  const read = makeArchiveReader(place.ports.objects);
  for (const { sink, again, isQueued, header, body } of requests) {
    if (!sink || again || !isQueued) continue;
    const id = header!.batchId as string as ArchiveId;
    const entry = await place.ports.catalog.findArchived(caller.tenantId, sink.id, id);
    deepStrictEqual(entry && (await read(entry)), body, 'a body in the archive');
  }
}

/** Replays counted every batch once, as its receipt has it. @throws what they did not */
export async function checkReplays(world: World): Promise<void> {
  const { place, caller, requests, replays } = world;
  for (const { sink, replay } of replays) {
    const batches = requests.filter(({ header }) => header?.receiptId.startsWith(`${replay.id}.`));
    // One that was a dead letter, and is written now, was counted as it was then.
    if (batches.some(({ wasDead }) => wasDead)) continue;
    const ended = await place.ports.catalog.findReplay(caller.tenantId, sink.id, replay.id);
    deepStrictEqual(ended!.counts, await countsOf(world, sink, replay.id), 'the counts of a replay');
  }
}

/** The sums of all receipts of a replay, also of batches that the queue alone refused. */
async function countsOf({ place, caller, requests }: World, sink: ModelSink, id: ReplayId): Promise<ReplayCounts> {
  const counts = { ...noReplayCounts } as Record<keyof ReplayCounts, number>;
  for (const request of requests) {
    if (request.sink !== sink || request.again || !request.header) continue;
    const { batchId } = request.header;
    const receipt = await place.ports.catalog.findReceipt(caller.tenantId, receiptIdOf({ id }, { batchId }));
    if (!receipt) continue;
    counts.batches += 1;
    for (const name of summed) counts[name] += receipt[name] ?? 0;
    if (receipt.state === 'failed') counts.failed += receipt.accepted;
  }
  return counts;
}

const summed = ['received', 'accepted', 'rejected', 'dropped', 'written', 'superseded', 'quarantined'] as const;
