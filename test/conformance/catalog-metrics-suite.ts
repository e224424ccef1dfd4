import { describe, expect, it } from '@jest/globals';
import type { SinkId } from '../../lambdas/domain/ids.ts';
import { type MetricMinute, minuteMs } from '../../lambdas/domain/metrics.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';

const sinkId = 's1' as SinkId;
const noon = Date.parse('2026-11-21T12:00:00.000Z');
const at = (minutes: number) => noon + minutes * minuteMs;
const traffic = (requests: number) => ({ requests, accepted: 5 * requests, rejected: requests, bytes: 90 });
const minute = (minutes: number, more: Partial<MetricMinute> = {}): MetricMinute => ({
  ...{ sinkId, startMs: at(minutes), traffic: traffic(minutes), revision: 0 },
  ...more,
});

/** What every `Metrics` must do. */
export function metricsSuite(catalog: () => Catalog, advanceDays: (days: number) => void | Promise<void>): void {
  describe('minutes of traffic', () => {
    const list = (from: number, to: number) => catalog().listMinutes(sinkId, { fromMs: at(from), toMs: at(to) });

    it('by sink, oldest first, from the first asked for to before the last, for 35 days', async () => {
      const others = Array.from({ length: 120 }, (_, i) => minute(i));
      await catalog().closeMinutes([]);
      await catalog().closeMinutes([minute(3), minute(1), minute(2)]);
      await catalog().closeMinutes(others.map((one) => ({ ...one, sinkId: 's2' as SinkId })));
      expect(await list(0, 9)).toEqual([1, 2, 3].map((minutes) => minute(minutes, { revision: 1 })));
      expect(await list(2, 3)).toEqual([minute(2, { revision: 1 })]);
      expect(await list(1, 1)).toEqual([]);
      expect(await list(4, 9)).toEqual([]);
      const all = await catalog().listMinutes('s2' as SinkId, { fromMs: at(0), toMs: at(120) });
      expect(all.map(({ startMs }) => startMs)).toEqual(others.map(({ startMs }) => startMs));
      await advanceDays(36);
      expect(await list(0, 9)).toEqual([]);
    });

    it('as whoever was first stored them', async () => {
      await catalog().closeMinutes([minute(2)]);
      await catalog().closeMinutes([1, 2, 3].map((minutes) => minute(minutes, { traffic: traffic(7) })));
      expect((await list(0, 9)).map((one) => one.traffic)).toEqual([7, 2, 7].map(traffic));
      expect((await list(0, 9)).map(({ revision }) => revision)).toEqual([1, 1, 1]);
    });

    it('until something comes to them, and nobody who counted before can store what they found', async () => {
      await catalog().closeMinutes([minute(1)]);
      await catalog().reopenMinutes(sinkId, [at(1), at(2)]);
      const opened = await list(0, 9);
      expect(opened).toEqual([
        { sinkId, startMs: at(1), revision: 2 },
        { sinkId, startMs: at(2), revision: 1 },
      ]);
      await catalog().closeMinutes([minute(1, { revision: 1 }), minute(2)]);
      expect(await list(0, 9)).toEqual(opened);
      await catalog().closeMinutes(opened.map((one) => ({ ...one, traffic: traffic(4) })));
      expect((await list(0, 9)).map((one) => one.traffic)).toEqual([traffic(4), traffic(4)]);
      await catalog().reopenMinutes(sinkId, []);
      const found = await list(1, 2);
      const closing = () => catalog().closeMinutes(found.map((one) => ({ ...one, traffic: traffic(9) })));
      await Promise.all([1, 2, 3, 4, 5].map((i) => (i === 3 ? closing() : catalog().reopenMinutes(sinkId, [at(1)]))));
      await closing();
      const [last, ...others] = await list(1, 2);
      expect(others).toEqual([]);
      expect(last).toEqual({ sinkId, startMs: at(1), revision: expect.any(Number) });
      expect(last!.revision).toBeGreaterThan(found[0]!.revision);
    });
  });
}
