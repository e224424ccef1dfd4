import { describe, expect, it } from '@jest/globals';
import { encodeTime } from 'ulid';
import type { ArchiveEntry } from '../../../lambdas/domain/archive.ts';
import type { SinkId } from '../../../lambdas/domain/ids.ts';
import { metricsEntriesMax, metricsMsMax, retentionDays } from '../../../lambdas/domain/limits.ts';
import { minuteMs } from '../../../lambdas/domain/metrics.ts';
import { readMetrics } from '../../../lambdas/use-cases/read-metrics.ts';
import { anArchiveEntry, aSink, ours } from '../../conformance/catalog-entities.ts';

const hourMs = 60 * minuteMs;

describe('a call for metrics', () => {
  const nowMs = Date.parse('2026-11-21T12:00:00.000Z');
  const sink = aSink({ createdAt: '2026-11-21T09:00:00.000Z' });

  /** A catalog in which `perMinute` batches came in each minute; `now` moves by `readMs` with each read. */
  function place(perMinute: number, { createdAt = sink.createdAt, readMs = 0 } = {}) {
    const stored = new Map<number, unknown>();
    const asked: { fromMs: number; toMs: number }[] = [];
    let now = nowMs;
    const catalog = {
      findSink: async () => ({ ...sink, createdAt }),
      listMinutes: async (_: SinkId, range: { fromMs: number; toMs: number }) => {
        asked.push(range);
        return [...stored.values()] as never;
      },
      closeMinutes: async (minutes: readonly { startMs: number }[]) =>
        minutes.forEach((minute) => void stored.set(minute.startMs, minute)),
      listArchived: async (_: SinkId, { limit, after = '' }: { limit: number; after?: string }) => {
        now += readMs;
        return entriesAfter(after, limit, perMinute);
      },
    };
    const read = (fromMs: number, toMs: number) =>
      readMetrics({ catalog, clock: { now: () => now } }, { tenantId: ours }, { sinkId: sink.id, fromMs, toMs });
    return { read, stored, asked };
  }

  function entriesAfter(after: string, limit: number, perMinute: number): ArchiveEntry[] {
    const entries: ArchiveEntry[] = [];
    const start = decodeStart(after);
    for (let ms = start; ms < nowMs && entries.length < limit; ms += minuteMs)
      for (let i = ms === start ? placeAfter(after) : 0; i < perMinute && entries.length < limit; i += 1) {
        const id = `${encodeTime(ms, 10)}${String(i).padStart(16, '0')}`;
        entries.push(anArchiveEntry({ id, accepted: 2, rejected: 1 }));
      }
    return entries;
  }
  const placeAfter = (after: string) => (after.length > 10 ? Number(after.slice(10)) + 1 : 0);
  const decodeStart = (after: string): number => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const ms = [...after.slice(0, 10)].reduce((sum, letter) => sum * 32 + alphabet.indexOf(letter), 0);
    return Math.floor(ms / minuteMs) * minuteMs;
  };

  it('counts what it may and lets the next one go on, minute by minute', async () => {
    const { read, stored } = place(metricsEntriesMax / 4);
    const [from, end] = [nowMs - hourMs, nowMs - hourMs + 12 * minuteMs];
    const seen: number[] = [];
    for (let calls = 1; ; calls += 1) {
      const { points, isComplete } = await read(from, end);
      seen.push(points.length);
      expect(stored.size).toBe(points.length);
      if (isComplete) break;
      expect(calls).toBeLessThan(10);
    }
    expect(seen.at(-1)).toBe(12);
    expect(seen.length).toBeGreaterThan(2);
    const { points } = await read(from, end);
    for (const { requests, accepted, rejected } of points)
      expect([requests, accepted, rejected].map((n) => (n * 4) / metricsEntriesMax)).toEqual([1, 2, 1]);
  });

  it('gets on by a minute at least, however slow the archive is and however much it holds', async () => {
    const { read } = place(2_500, { readMs: metricsMsMax });
    const lengths: number[] = [];
    for (const _ of [1, 2, 3]) lengths.push((await read(nowMs - hourMs, nowMs - hourMs + 3 * minuteMs)).points.length);
    expect(lengths).toEqual([1, 2, 3]);
  });

  it('reads old entries, which say nothing of how many were accepted, by what they do say', async () => {
    const { accepted: _, rejected: __, ...old } = anArchiveEntry({ id: `${encodeTime(nowMs, 10)}${'0'.repeat(16)}` });
    const { read, ...rest } = place(0);
    expect(rest.stored.size).toBe(0);
    const catalog = {
      findSink: async () => sink,
      listMinutes: async () => [],
      closeMinutes: async () => {},
      listArchived: async () => [old],
    };
    const ports = { catalog, clock: { now: () => nowMs } };
    const asked = { sinkId: sink.id, fromMs: nowMs, toMs: nowMs + 1 };
    expect((await readMetrics(ports, { tenantId: ours }, asked)).points).toMatchObject([{ accepted: 2, rejected: 1 }]);
    expect((await read(nowMs, nowMs + 1)).points).toEqual([]);
  });

  it.each([
    ['whole minutes', nowMs - 90_001, nowMs - 60_001, nowMs - 2 * minuteMs, nowMs - minuteMs],
    ['none after now', nowMs - minuteMs, nowMs + hourMs, nowMs - minuteMs, nowMs + minuteMs],
    ['none long before the sink', nowMs - 24 * hourMs, nowMs, nowMs - 3 * hourMs - minuteMs, nowMs],
  ])('is about %s', async (_what, fromMs, toMs, first, end) => {
    const { read, asked } = place(0);
    await read(fromMs, toMs);
    expect(asked).toEqual([{ fromMs: first, toMs: end }]);
  });

  it('goes back as far as the archive', async () => {
    const { read, asked } = place(0, { createdAt: '2020-01-01T00:00:00.000Z' });
    const keptMs = retentionDays * 24 * hourMs;
    const { isComplete } = await read(nowMs - keptMs - hourMs, nowMs - keptMs + hourMs);
    expect(asked).toEqual([{ fromMs: nowMs - keptMs + minuteMs, toMs: nowMs - keptMs + hourMs }]);
    expect(isComplete).toBe(true);
    expect(await read(nowMs - keptMs - 3 * hourMs, nowMs - keptMs - hourMs)).toEqual({ points: [], isComplete: true });
  });
});
