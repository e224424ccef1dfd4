import { retentionDays } from '../../domain/limits.ts';
import { type MetricMinute, minuteMs } from '../../domain/metrics.ts';
import type { Metrics } from '../../ports/catalog/metrics.ts';
import type { Item, ItemStore } from '../../ports/item-store.ts';
import { metricMinuteKey, metricsPartition } from './catalog-keys.ts';
import { expiresAfter } from './expiry.ts';

/** Minutes closed by one transaction: DynamoDB takes 100 writes, and one that fails is sent again without its first loser. */
const minutesPerTransaction = 50;

/** One item a minute, in a partition of its sink. An item without traffic says that the minute is to be counted anew. */
export function makeMetrics(items: ItemStore): Metrics {
  return {
    async listMinutes(sinkId, { fromMs, toMs }) {
      const limit = (toMs - fromMs) / minuteMs;
      if (limit <= 0) return [];
      const { sort: after } = metricMinuteKey(sinkId, fromMs - minuteMs);
      const found = await items.query(metricsPartition(sinkId), { after, limit });
      const end = metricMinuteKey(sinkId, toMs).sort;
      return found.filter(({ sort }) => sort < end).map(minuteOfItem);
    },
    async closeMinutes(minutes) {
      for (let i = 0; i < minutes.length; i += minutesPerTransaction)
        await closeAll(items, minutes.slice(i, i + minutesPerTransaction));
    },
    async reopenMinutes(sinkId, startsMs) {
      await Promise.all(startsMs.map((startMs) => reopen(items, { sinkId, startMs })));
    },
  };
}

/** Each in its place unless another revision is there. */
async function closeAll(items: ItemStore, minutes: readonly MetricMinute[]): Promise<void> {
  let open = minutes;
  while (open.length > 0) {
    const writes = open.map((minute) => ({ put: itemOf(minute), if: conditionOf(minute) }));
    const failed = await items.transact(writes);
    if (failed === undefined) return;
    open = open.filter((_, i) => i !== failed);
  }
}

/**
 * Who is overtaken by another who opens the minute is done too: that was after its own entries were stored, so that whoever
 * reads the minute from then on finds them. In a backlog many consumers come to one minute.
 */
async function reopen(items: ItemStore, place: Pick<MetricMinute, 'sinkId' | 'startMs'>): Promise<void> {
  for (let wasOvertaken = false; ; wasOvertaken = true) {
    const [stored] = await items.get([metricMinuteKey(place.sinkId, place.startMs)]);
    if (wasOvertaken && stored && !minuteOfItem(stored).traffic) return;
    const minute = { ...place, revision: stored?.revision ?? 0 };
    if ((await items.transact([{ put: itemOf(minute), if: conditionOf(minute) }])) === undefined) return;
  }
}

function conditionOf({ revision }: MetricMinute): 'absent' | number {
  return revision === 0 ? 'absent' : revision;
}

/** The item that takes the place of the given revision. */
function itemOf(minute: MetricMinute): Item {
  const revision = minute.revision + 1;
  const expiresAtSeconds = expiresAfter(new Date(minute.startMs).toISOString(), retentionDays);
  return {
    ...metricMinuteKey(minute.sinkId, minute.startMs),
    revision,
    value: { ...minute, revision },
    expiresAtSeconds,
  };
}

function minuteOfItem({ value }: Item): MetricMinute {
  return value as MetricMinute;
}
