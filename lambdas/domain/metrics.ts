import type { ArchiveEntry } from './archive.ts';
import type { SinkId } from './ids.ts';
import { metricsLateMs, quotaClockSkewMsMax } from './limits.ts';

/** What came to a sink in some stretch of time. */
export interface Traffic {
  /** Requests that were answered with a receipt, also those refused whole. */
  readonly requests: number;
  /** Records accepted for ingest, also those that changed nothing or could not be written later on. */
  readonly accepted: number;
  /** Records that failed validation. */
  readonly rejected: number;
  /** Of the bodies, unpacked. */
  readonly bytes: number;
}

/** One minute of a sink that somebody looked at after its end. */
export interface MetricMinute {
  readonly sinkId: SinkId;
  /** Its start, in milliseconds since 1970. */
  readonly startMs: number;
  /** Absent: something came to it after it was closed, so that it has to be counted anew. */
  readonly traffic?: Traffic;
  /** Grows with every change; 0: not stored yet. */
  readonly revision: number;
}

/** Milliseconds. */
export const minuteMs = 60_000;

export const noTraffic: Traffic = { requests: 0, accepted: 0, rejected: 0, bytes: 0 };

/** Start of the minute that a time is in. */
export function minuteOf(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}

/**
 * Whether entries that come to a minute from now on are late: whoever brings one then says so. Asked after the entry is
 * stored.
 */
export function isLateFor(startMs: number, nowMs: number): boolean {
  return startMs + minuteMs + metricsLateMs <= nowMs;
}

/**
 * Whether a minute can be counted for good: what comes to it from now on is late, by the clock of whoever brings it too.
 * Asked before its entries are read.
 */
export function canClose(startMs: number, nowMs: number): boolean {
  return isLateFor(startMs, nowMs - quotaClockSkewMsMax);
}

/** Adds what one batch brought. A replay brings nothing that was not there before. */
export function withBatch(traffic: Traffic, entry: ArchiveEntry): Traffic {
  if (entry.ofReplay) return traffic;
  const rejected = entry.rejected ?? entry.applied[0]?.except.length ?? 0;
  return withTraffic(traffic, {
    requests: 1,
    accepted: entry.accepted ?? entry.records - rejected,
    rejected,
    bytes: entry.bytes,
  });
}

/** The sum of two. */
export function withTraffic(a: Traffic, b: Traffic): Traffic {
  return {
    requests: a.requests + b.requests,
    accepted: a.accepted + b.accepted,
    rejected: a.rejected + b.rejected,
    bytes: a.bytes + b.bytes,
  };
}
