import { type Integer, normalInteger, type TimeUnit } from '../column-type.ts';
import type { Instant } from './rfc3339.ts';

/** What a count of time may be counted in: a column's units, and the coarser ones that a /v1 sink may declare. */
export type CountUnit = TimeUnit | 'd' | 'h' | 'm';

const secondsOf = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;
const perSecond = { ms: 1_000, us: 1_000_000, ns: 1_000_000_000 } as const;
/** Seconds from 1970 below which a count of microseconds is exact as a number. */
const exactMicrosSeconds = 9_000_000_000;

/**
 * The instant that `count` units after 1970 are; a count of anything finer than nanoseconds has been cut off before.
 * Counts whose seconds pass 2^53 come out inexact, far outside every range.
 */
export function instantOf(count: Integer, unit: CountUnit): Instant {
  if (unit === 'd' || unit === 'h' || unit === 'm' || unit === 's') {
    return { seconds: Number(count) * secondsOf[unit], nanos: 0 };
  }
  const per = perSecond[unit];
  if (typeof count === 'number') {
    const seconds = Math.floor(count / per);
    return { seconds, nanos: (count - seconds * per) * (1_000_000_000 / per) };
  }
  const per64 = BigInt(per);
  const rest = ((count % per64) + per64) % per64;
  return { seconds: Number((count - rest) / per64), nanos: Number(rest) * (1_000_000_000 / per) };
}

/** Whole units from 1970 to `instant`, rounded down, so that a time before 1970 is cut as one after it. */
export function countOf({ seconds, nanos }: Instant, unit: TimeUnit): Integer {
  if (unit === 's') return seconds;
  const per = perSecond[unit];
  const part = Math.floor(nanos / (1_000_000_000 / per));
  if (unit === 'ms' || (unit === 'us' && Math.abs(seconds) < exactMicrosSeconds)) return seconds * per + part;
  return normalInteger(BigInt(seconds) * BigInt(per) + BigInt(part));
}

/**
 * The unit that a bare count is in, when nothing says so but its size. Counts of seconds below 1e11, of milliseconds
 * below 1e14 and of microseconds below 1e17 reach to the year 5138, and the next coarser unit would put the same number
 * into another age. So a count that is too large for `unit` is read in the first finer unit that it is not too large
 * for; it is never read in a coarser one, because small counts are true counts of `unit` near 1970.
 */
export function unitOfCount(count: Integer, unit: TimeUnit): TimeUnit {
  const size = count < 0 ? -count : count;
  if (unit === 's' && size < 1e11) return 's';
  if ((unit === 's' || unit === 'ms') && size < 1e14) return 'ms';
  return unit !== 'ns' && size < 1e17 ? 'us' : 'ns';
}
