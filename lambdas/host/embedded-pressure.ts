import { isDiskFull } from '../adapters/embedded/disk-full.ts';
import { makeDiskGauge } from '../adapters/embedded/disk-gauge.ts';
import { makeQueueGauge, type QueueGaugeParts } from '../adapters/embedded/queue-gauge.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { PressureGauge } from '../ports/pressure.ts';
import { makeSegmentGauge } from '../use-cases/segment-gauge.ts';

/** Milliseconds for which a table's count of segments is good here: a flush is 200 ms after another under load. */
const segmentCountAgeMs = 2_000;

export interface EmbeddedPressureParts extends QueueGaugeParts {
  /** On the disk in question. */
  readonly directory: string;
  readonly catalog: Pick<Catalog, 'currentSegments'>;
  readonly clock: Clock;
}

export interface EmbeddedPressure extends PressureGauge {
  /** Whether a request failed for want of room; it is remembered for the next ones. */
  isOverload(error: unknown): boolean;
  /** Whether writing should wait until there is room. */
  isHeld(): boolean;
}

/** What the embedded place can bear: its disk, its queue, the segments of a table. A refusal comes before a wait. */
export function makeEmbeddedPressure(parts: EmbeddedPressureParts): EmbeddedPressure {
  const disk = makeDiskGauge(parts);
  const queue = makeQueueGauge(parts);
  const segments = makeSegmentGauge({ ...parts, ageMs: segmentCountAgeMs });
  const checkPlace = async () => disk.check() ?? queue.check();
  return {
    check: async (tableId) => (await checkPlace()) ?? segments.check(tableId),
    checkPlace,
    isOverload(error) {
      const full = isDiskFull(error);
      if (full) disk.failed();
      return full;
    },
    isHeld: () => disk.isHeld(),
  };
}
