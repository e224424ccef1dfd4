import { type Integer, normalInteger, type TimeUnit } from '../column-type.ts';
import { LongDecimal } from '../json/long-decimal.ts';
import type { ReadAs } from '../sink.ts';
import { compileGoLayout, type ReadTime } from './go-layout.ts';
import { Misfit, nullOrWrongType, shown } from './misfit.ts';
import { type Instant, parseRfc3339 } from './rfc3339.ts';
import { countOf, instantOf, unitOfCount } from './timestamp-unit.ts';

interface Range {
  readonly min: number;
  readonly max: number;
  readonly text: string;
}

/** Seconds since 1970 that a timestamp may have (FeatureBase ingester, MinTimestamp to MaxTimestampNano). */
const wideRange: Range = {
  min: -62_135_596_799,
  max: 253_402_300_799,
  text: 'min: 0001-01-01T00:00:01Z and max: 9999-12-31T23:59:59Z',
};
const nanoRange: Range = {
  min: -(2 ** 32),
  max: 2 ** 32,
  text: 'min: 1833-11-24T17:31:44Z and max: 2106-02-07T06:28:16Z',
};

const wantText = 'an RFC 3339 time';
const wantCount = 'a count of time';
const wantEither = 'an RFC 3339 time or a count of time';
const origin: Instant = { seconds: 0, nanos: 0 };
const wholeForm = /^[+-]?[0-9]+$/;
/** Characters of the longest count worth reading: a sign and an int64. */
const countLengthMax = 20;

/**
 * timestamp(unit): counts of `unit` since 1970, rounded down. What comes in may be
 * - RFC 3339 text, or a count (number or whole-number text) in the column's unit, unless it is so large that it must be
 *   in a finer one (`unitOfCount`): a /v2 mapping can't name a unit, and producers send epoch milliseconds;
 * - with `readAs` (/v1, FeatureBase ingester, TimestampField): text only, RFC 3339 or of its layout; or, when it has a
 *   unit or an epoch, counts only, of exactly that unit (seconds if none is named) from that epoch, whatever its layout.
 * `""` is an error, unlike for every other type.
 * @param epoch RFC 3339, where counts of the column begin; 1970 if not given
 */
export function timestampCoercer(
  column: string,
  unit: TimeUnit,
  epoch: string | undefined,
  readAs: ReadAs | undefined,
): (value: unknown) => Integer | Misfit | null | undefined {
  const takesCounts = readAs === undefined || readAs.unit !== undefined || readAs.epoch !== undefined;
  const takesText = readAs === undefined || !takesCounts;
  const want = takesText ? (takesCounts ? wantEither : wantedText(readAs?.layout)) : wantCount;
  const readText = timeReaderOf(readAs?.layout);
  const start = epochOf(readAs?.epoch ?? epoch);

  return (value) => {
    const instant = typeof value === 'string' && takesText ? readText(value) : undefined;
    if (instant !== undefined) return stored(column, value, instant, unit);
    const count = takesCounts ? countIn(value) : undefined;
    if (count === undefined) return nullOrWrongType(column, value, want);
    const countedIn = readAs === undefined ? unitOfCount(count, unit) : (readAs.unit ?? 's');
    return stored(column, value, after(start, instantOf(count, countedIn)), unit);
  };
}

/**
 * Makes the function that reads the `_timeQuantum` of a record (FeatureBase ingester, RecordTimeField), as a timestamp is
 * read: without `readAs`, RFC 3339 text or a count whose size tells its unit. Milliseconds since 1970; undefined for
 * null and `""`, which give the record no time.
 */
export function recordTimeCoercer(readAs?: ReadAs): (value: unknown) => number | Misfit | undefined {
  // Bare counts are of seconds unless their size says otherwise, though milliseconds come out.
  const bare = readAs === undefined ? bareCountMs : undefined;
  const timestamp = timestampCoercer('_timeQuantum', 'ms', undefined, readAs);
  return (value) => {
    if (value === null || value === undefined || value === '') return undefined;
    const ms = bare?.(value) ?? timestamp(value);
    return typeof ms === 'bigint' || typeof ms === 'number' ? Number(ms) : (ms ?? undefined);
  };
}

/** A count in the unit that its size tells; undefined for what is no count. */
function bareCountMs(value: unknown): Integer | Misfit | undefined {
  const count = countIn(value);
  return count === undefined
    ? undefined
    : stored('_timeQuantum', value, instantOf(count, unitOfCount(count, 's')), 'ms');
}

/**
 * The reader of times in a Go layout; RFC 3339 without one.
 * @throws RangeError for a layout that a sink is never made with
 */
export function timeReaderOf(layout: string | undefined): ReadTime {
  const read = layout === undefined ? parseRfc3339 : compileGoLayout(layout);
  if (typeof read === 'string') throw new RangeError(`layout ${shown(layout)}: ${read}`);
  return read;
}

/** What text a layout takes, as a noun phrase. */
export function wantedText(layout: string | undefined): string {
  return layout === undefined ? wantText : `a time as ${shown(layout)}`;
}

function stored(column: string, value: unknown, instant: Instant, unit: TimeUnit): Integer | Misfit {
  const range = unit === 'ns' ? nanoRange : wideRange;
  const { seconds, nanos } = instant;
  if (seconds >= range.min && (seconds < range.max || (seconds === range.max && nanos === 0))) {
    return countOf(instant, unit);
  }
  const message = `field = ${column}, value ${shown(value)}: timestamp value must be within ${range.text}`;
  return new Misfit('out_of_range', shown(value), `within ${range.text}`, message);
}

/** A count of time: a number cut to a whole one, or whole-number text; undefined for everything else. */
function countIn(value: unknown): Integer | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : wholeOf(value);
  if (typeof value === 'bigint') return value;
  if (value instanceof LongDecimal) return normalInteger(value.whole());
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text.length <= countLengthMax && wholeForm.test(text) ? normalInteger(BigInt(text)) : undefined;
}

function wholeOf(value: number): Integer | undefined {
  return Number.isFinite(value) ? normalInteger(BigInt(Math.trunc(value))) : undefined;
}

function after(start: Instant, instant: Instant): Instant {
  if (start === origin) return instant;
  const nanos = start.nanos + instant.nanos;
  const carry = nanos >= 1_000_000_000 ? 1 : 0;
  return { seconds: start.seconds + instant.seconds + carry, nanos: nanos - carry * 1_000_000_000 };
}

/**
 * Where counts begin; 1970 unless given.
 * @throws RangeError for a text that is not RFC 3339
 */
export function epochOf(text: string | undefined): Instant {
  if (text === undefined) return origin;
  const instant = parseRfc3339(text);
  if (instant === undefined) throw new RangeError(`epoch ${shown(text)} is not RFC 3339`);
  return instant;
}
