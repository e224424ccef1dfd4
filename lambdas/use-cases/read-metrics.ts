import type { Caller } from '../domain/caller.ts';
import type { SinkId } from '../domain/ids.ts';
import { metricsEntriesMax, metricsMsMax, retentionDays } from '../domain/limits.ts';
import { canClose, type MetricMinute, minuteMs, minuteOf, type Traffic } from '../domain/metrics.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import { trafficCounter } from './count-traffic.ts';
import { sinkNotFound } from './read-sinks.ts';

export interface ReadMetricsPorts {
  readonly catalog: Pick<Catalog, 'findSink' | 'listArchived' | 'listMinutes' | 'closeMinutes'>;
  readonly clock: Clock;
}

/** What came in the minute that begins then. */
export interface MetricPoint extends Traffic {
  readonly startMs: number;
}

export interface SinkMetrics {
  /** Oldest first; minutes without a request have none. */
  readonly points: readonly MetricPoint[];
  /** False: the newest minutes are missing, and the next call goes on with them. */
  readonly isComplete: boolean;
}

/** Milliseconds since 1970; whole minutes, of which these are the first and the end of the last. */
interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Milliseconds before a sink was made that its first request may have in its id: clocks differ by less than a minute. */
const beforeCreationMs = minuteMs;

/**
 * What a sink took in, minute by minute, counted from the archive, where each batch stands once however often it was
 * delivered: so accepting keeps no counters, and what was accepted shows once it has been written or has become a dead
 * letter. Replays are left out. Not counted is what got no receipt (401, 413, 429, over a quota) and a request without
 * records.
 *
 * A minute that nothing comes to any more is stored, and read from there the next time. Readers may do so at once, and come
 * to the same. Of the minutes that are not stored, a call counts some and leaves the rest to the next one: it stops after
 * the minute with which it has passed `metricsEntriesMax` or `metricsMsMax`, so that each gets on by one at least.
 * @throws Problem `not_found`
 */
export async function readMetrics(
  ports: ReadMetricsPorts,
  { tenantId }: Pick<Caller, 'tenantId'>,
  { sinkId, ...asked }: Range & { readonly sinkId: SinkId },
): Promise<SinkMetrics> {
  const sink = await ports.catalog.findSink(tenantId, sinkId);
  if (!sink) throw sinkNotFound(sinkId);
  const nowMs = ports.clock.now();
  const range = rangeOf(asked, nowMs, Date.parse(sink.createdAt));
  const stored = await ports.catalog.listMinutes(sinkId, range);
  const known = new Map(stored.map((minute) => [minute.startMs, minute]));
  const counter = trafficCounter(ports.catalog, sinkId);
  const points: MetricPoint[] = [];
  const counted: MetricMinute[] = [];
  let startMs = range.fromMs;
  for (; startMs < range.toMs; startMs += minuteMs) {
    const minute = known.get(startMs) ?? { sinkId, startMs, revision: 0 };
    if (!minute.traffic && isSpent(ports.clock.now() - nowMs, counter.entries())) break;
    const traffic = minute.traffic ?? (await counter.trafficOf(startMs));
    if (traffic.requests > 0) points.push({ startMs, ...traffic });
    if (!minute.traffic && canClose(startMs, nowMs)) counted.push({ ...minute, traffic });
  }
  await ports.catalog.closeMinutes(counted);
  return { points, isComplete: startMs >= range.toMs };
}

function isSpent(ms: number, entries: number): boolean {
  return ms > metricsMsMax || entries > metricsEntriesMax;
}

/** Of what is asked for, the minutes in which there may be something: not before the sink, and not after now. */
function rangeOf({ fromMs, toMs }: Range, nowMs: number, createdMs: number): Range {
  const keptMs = nowMs - retentionDays * 86_400_000;
  return {
    fromMs: Math.max(minuteOf(fromMs), minuteOf(createdMs - beforeCreationMs), minuteOf(keptMs) + minuteMs),
    toMs: Math.min(minuteOf(toMs - 1), minuteOf(nowMs)) + minuteMs,
  };
}
