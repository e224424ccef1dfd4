/** A point in time: whole seconds since 1970 (negative before), and the nanoseconds into that second. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days from 0001-01-01 to 1970-01-01. */
const daysTo1970 = 719_162;

/**
 * Reads RFC 3339 text as Go's `time.RFC3339Nano` does: `2022-08-08T17:57:48Z`, upper-case T and Z, any number of digits
 * of a second (nanoseconds are kept), an offset as `+02:00`. undefined for everything else: other layouts, days that do
 * not exist, leap seconds. `Date.parse` is not used because it takes many layouts and rolls 30 February over.
 */
export function parseRfc3339(text: string): Instant | undefined {
  const end = text.length;
  if (end < 20 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') {
    return undefined;
  }
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  // A character that is no digit makes its number NaN, and no comparison with NaN holds.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month))) return undefined;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  let at = 19;
  let nanos = 0;
  if (text[at] === '.') {
    const first = ++at;
    for (let unit = 100_000_000; isDigit(text.charCodeAt(at)); at++, unit = Math.floor(unit / 10)) {
      nanos += (text.charCodeAt(at) - 48) * unit;
    }
    if (at === first) return undefined;
  }
  const offset = offsetSeconds(text, at);
  if (Number.isNaN(offset)) return undefined;
  const seconds = daysSince1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset;
  return { seconds, nanos };
}

/** RFC 3339 text in UTC, with as many digits of the second as the instant needs. Years 1 to 9999. */
export function formatRfc3339({ seconds, nanos }: Instant): string {
  const whole = new Date(seconds * 1_000).toISOString().slice(0, 19);
  return nanos === 0 ? `${whole}Z` : `${whole}.${String(nanos).padStart(9, '0').replace(/0+$/, '')}Z`;
}

/** Seconds east of UTC that the text ends with from `at` on; NaN when it does not end as it should. */
function offsetSeconds(text: string, at: number): number {
  if (text[at] === 'Z') return at + 1 === text.length ? 0 : Number.NaN;
  const sign = text[at] === '+' ? 1 : text[at] === '-' ? -1 : Number.NaN;
  if (text.length !== at + 6 || text[at + 3] !== ':') return Number.NaN;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  return hours <= 23 && minutes <= 59 ? sign * (hours * 3_600 + minutes * 60) : Number.NaN;
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month, from 1; of the Gregorian calendar, in every year. */
export function daysOf(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : daysIn[month - 1]!;
}

/** 365 or 366. */
export function daysInYear(year: number): number {
  return isLeap(year) ? 366 : 365;
}

/** Days from 1970-01-01 to a day of the Gregorian calendar, negative before it. */
export function daysSince1970(year: number, month: number, day: number): number {
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  return past * 365 + leapDays + daysBefore[month - 1]! + leapDay + day - 1 - daysTo1970;
}
