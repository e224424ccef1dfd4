import type { TableId } from '../domain/ids.ts';
import { pressureRetrySeconds } from '../domain/limits.ts';
import { segmentDelayMs } from '../domain/segment-pressure.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { Pressure, PressureGauge } from '../ports/pressure.ts';

export interface SegmentGaugeParts {
  readonly catalog: Pick<Catalog, 'currentSegments'>;
  readonly clock: Clock;
  /** Milliseconds for which a count is good; a table without requests is not counted. */
  readonly ageMs: number;
}

/** Tables whose counts are kept: far more than one instance serves at a time. */
const tablesMax = 1_000;

interface Count {
  readonly atMs: number;
  readonly segments: Promise<number>;
}

/**
 * Slows requests to a table whose segments gather faster than they are compacted, and refuses them before queries get
 * slow. Where the count cannot be read, nothing is slowed: what is wrong then, accepting will find out itself.
 */
export function makeSegmentGauge({ catalog, clock, ageMs }: SegmentGaugeParts): PressureGauge {
  const counts = new Map<TableId, Count>();

  function countOf(tableId: TableId): Promise<number> {
    const now = clock.now();
    const known = counts.get(tableId);
    if (known && now >= known.atMs && now - known.atMs < ageMs) return known.segments;
    counts.delete(tableId);
    if (counts.size >= tablesMax) counts.delete(counts.keys().next().value!);
    const segments = catalog.currentSegments(tableId).then(
      ({ length }) => length,
      () => 0,
    );
    counts.set(tableId, { atMs: now, segments });
    return segments;
  }

  return { check: async (tableId) => pressureOf(await countOf(tableId)) };
}

function pressureOf(segments: number): Pressure | undefined {
  const delayMs = segmentDelayMs(segments);
  if (delayMs === 0) return undefined;
  if (delayMs !== 'refuse') return { kind: 'slow', delayMs };
  const cause = `${segments} segments of the table wait for compaction`;
  return { kind: 'refuse', cause, retryAfterSeconds: pressureRetrySeconds };
}
