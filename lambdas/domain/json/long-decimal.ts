import { normalInteger } from '../column-type.ts';
// The standard's raw JSON values are declared there.
import type {} from './exact-json.ts';

/** Significant digits that a double always keeps: a number of so few is its own shortest text. */
const doubleDigits = 15;
/** Digits up to which a whole number is kept exact: twice an int64's. Longer ones fit nothing, rounded or not. */
const wholeDigitsMax = 39;
/** Digits up to which a whole number that was not written as one is kept: from 1e21 on, numbers show as `1e+21`. */
const expandedDigitsMax = 21;
/** Zeros between the point and the first digit from which on Go's `%v` writes an exponent. */
const leadingZerosMax = 3;
const keptWholeForm = new RegExp(`^-?[0-9]{1,${wholeDigitsMax}}$`);
const numberForm = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** A number as `sign` 0.`digits` x 10^`point`, without zeros before or after its digits; zero has none. */
interface Decimal {
  readonly sign: string;
  readonly digits: string;
  readonly point: number;
}

/** A JSON number with a fraction that a double would round, by its text. It is a plain value, not a JSON object. */
export class LongDecimal {
  /** The number as it came. */
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** What is left when the fraction is cut off: at most 39 digits. */
  whole(): bigint {
    const { sign, digits, point } = decimalOf(this.source);
    return point <= 0 ? 0n : BigInt(sign + digits.slice(0, point));
  }

  /** One text a value, laid out as Go's `%v` does: `1.50` and `15e-1` are the same number. */
  toString(): string {
    const { sign, digits, point } = decimalOf(this.source);
    if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
    if (-point <= leadingZerosMax) return `${sign}0.${'0'.repeat(-point)}${digits}`;
    return `${sign}${digits[0]}.${digits.slice(1)}e-${String(1 - point).padStart(2, '0')}`;
  }

  /** `JSON.stringify` gives back the digits that came. */
  toJSON(): unknown {
    return JSON.rawJSON(this.source);
  }
}

/**
 * The number that a JSON number's text stands for: a `number` where its shortest text has the same digits, a bigint for
 * whole numbers beyond 2^53, else a `LongDecimal`. Numbers of a size that nothing holds are rounded: whole ones of 40
 * digits and more, and what is nearer to 0 than any double.
 */
export function numberOf(source: string): number | bigint | LongDecimal {
  // The two usual cases, which the rest would find more slowly.
  if (keptWholeForm.test(source)) return normalInteger(BigInt(source));
  const value = Number(source);
  if (String(value) === source) return value;

  const { sign, digits, point } = decimalOf(source);
  if (digits.length > point) {
    const isRounded = digits.length > doubleDigits && value !== 0 && point <= wholeDigitsMax;
    return isRounded ? new LongDecimal(source) : value;
  }
  return Number.isSafeInteger(value) || point > expandedDigitsMax ? value : BigInt(sign + digits.padEnd(point, '0'));
}

function decimalOf(source: string): Decimal {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = numberForm.exec(source)!;
  const all = whole + fraction;
  let first = 0;
  while (all[first] === '0') first++;
  // A pattern of zeros at the end would be tried at each of a million zeros.
  let end = all.length;
  while (all[end - 1] === '0') end--;
  return { sign, digits: all.slice(first, end), point: whole.length + Number(exponent) - first };
}
