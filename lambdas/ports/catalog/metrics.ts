import type { SinkId } from '../../domain/ids.ts';
import type { MetricMinute } from '../../domain/metrics.ts';

/**
 * Minutes of traffic that were counted from the archive, so that nobody has to count them again. They go after
 * `retentionDays`, as what they are counted from.
 */
export interface Metrics {
  /** Those stored that start at `fromMs` or later and before `toMs`, oldest first. Both are starts of minutes. */
  listMinutes(
    sinkId: SinkId,
    range: { readonly fromMs: number; readonly toMs: number },
  ): Promise<readonly MetricMinute[]>;
  /**
   * Stores minutes with their traffic, each at the next revision, where the stored revision is still the one given. Those
   * that somebody stored or opened meanwhile stay as they are.
   */
  closeMinutes(minutes: readonly MetricMinute[]): Promise<void>;
  /**
   * Takes the traffic of minutes back, also of those that nobody has stored yet: who counts one just now must not be able
   * to store what they found.
   * @param startsMs starts of the minutes, each once
   */
  reopenMinutes(sinkId: SinkId, startsMs: readonly number[]): Promise<void>;
}
