import { type Integer, normalInteger } from '../column-type.ts';
import { LongDecimal } from '../json/long-decimal.ts';
import { integerMax, integerMin } from '../limits.ts';
import type { VersionKind } from '../table.ts';
import { encode30Bits, type ProducerVersion } from '../version.ts';
import { intCoercer } from './coerce-integer.ts';
import { Misfit, outOfRange, wrongType } from './misfit.ts';
import { type Instant, parseRfc3339 } from './rfc3339.ts';

const field = '_version';
const wantNumber = 'a whole number';
const wantTime = 'an RFC 3339 time, to nanoseconds at most, or whole milliseconds since 1970';
/** Nanoseconds since 1970 that 64 bits hold. */
const timeRange = 'within min: 1677-09-21T00:12:43.145224192Z and max: 2262-04-11T23:47:16.854775807Z';
const nanosPerMs = 1_000_000n;
const nanosPerSecond = 1_000_000_000n;
/** A fraction of which digits would be cut: two versions could become one. */
const finerThanNanos = /\.\d{10}/;

const whole = intCoercer(field);

/**
 * The version that a producer gives a record (or the caller of a delete), as text whose order is that of the versions:
 * - `number`: a whole number of 64 bits, or its digits as text;
 * - `time`: RFC 3339 text, kept in nanoseconds, or a whole number of milliseconds since 1970 (or its digits as text).
 *   Unlike a timestamp's, the unit of a number is never told by its size: a count of seconds and a later one that is
 *   taken for milliseconds would stand in the wrong order.
 *
 * Nothing is cut or rounded, because two versions must not become one.
 * @returns undefined for null, `""` and undefined: no version is given
 */
export function producerVersionOf(kind: VersionKind, value: unknown): ProducerVersion | Misfit | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const version = kind === 'number' ? numberOf(value) : nanosOf(value);
  return version instanceof Misfit ? version : encode(version);
}

function numberOf(value: unknown): Integer | Misfit {
  return wholeOf(value) ?? wrongType(field, value, wantNumber);
}

function nanosOf(value: unknown): Integer | Misfit {
  const instant = typeof value === 'string' && !finerThanNanos.test(value) ? parseRfc3339(value) : undefined;
  if (instant) return withinRange(sinceEpoch(instant), value);
  const ms = wholeOf(value);
  if (ms === undefined) return wrongType(field, value, wantTime);
  return ms instanceof Misfit ? beyondRange(value) : withinRange(BigInt(ms) * nanosPerMs, value);
}

/** Undefined for what is no whole number: a fraction is not cut off, as a column's would be. */
function wholeOf(value: unknown): Integer | Misfit | undefined {
  if (typeof value === 'number' ? !Number.isInteger(value) : value instanceof LongDecimal) return undefined;
  const read = whole(value);
  if (read === null || (read instanceof Misfit && read.reason === 'wrong_type')) return undefined;
  return read;
}

function sinceEpoch({ seconds, nanos }: Instant): bigint {
  return BigInt(seconds) * nanosPerSecond + BigInt(nanos);
}

function withinRange(nanos: bigint, value: unknown): Integer | Misfit {
  return nanos < integerMin || nanos > integerMax ? beyondRange(value) : normalInteger(nanos);
}

function beyondRange(value: unknown): Misfit {
  return outOfRange(field, value, timeRange, `is not ${timeRange}`);
}

/**
 * 64 bits as 13 characters. 2^63 is added, so that negative numbers come first; the halves of 30 bits are read apart,
 * because most versions are no bigint.
 */
function encode(version: Integer): ProducerVersion {
  const [high, low] =
    typeof version === 'number'
      ? [Math.floor(version / 2 ** 30), version - Math.floor(version / 2 ** 30) * 2 ** 30]
      : [Number(version >> 30n), Number(version & 0x3fffffffn)];
  const raised = high + 2 ** 33;
  // Of the upper 34 bits, the first four: base 32 writes them as base 16 does.
  return Math.floor(raised / 2 ** 30).toString(16) + encode30Bits(raised % 2 ** 30) + encode30Bits(low);
}
