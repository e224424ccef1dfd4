import type { BatchHeader } from '../domain/batch.ts';
import type { SinkId } from '../domain/ids.ts';
import { isLateFor, minuteOf } from '../domain/metrics.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import { timeInId } from './selected-times.ts';

/**
 * Says of batches whose archive entries came late (they waited in the queue, or are dead letters) that the minutes in which
 * they were accepted are to be counted again. Usually there are none, and it costs nothing.
 *
 * Called once the entries are stored, also those that an earlier delivery stored: it may have crashed before it could say
 * so. Who counts a minute after this finds them; who counted it before can't store what they found, or it is taken back here.
 */
export async function reopenMinutes(
  { catalog, clock }: { readonly catalog: Pick<Catalog, 'reopenMinutes'>; readonly clock: Clock },
  headers: readonly BatchHeader[],
): Promise<void> {
  const nowMs = clock.now();
  const minutes = new Map<SinkId, Set<number>>();
  for (const { batchId, sinkId, operations } of headers) {
    const ms = operations ? undefined : timeInId(batchId);
    if (ms === undefined || !isLateFor(minuteOf(ms), nowMs)) continue;
    const ofSink = minutes.get(sinkId) ?? new Set();
    minutes.set(sinkId, ofSink.add(minuteOf(ms)));
  }
  for (const [sinkId, startsMs] of minutes) await catalog.reopenMinutes(sinkId, [...startsMs]);
}
