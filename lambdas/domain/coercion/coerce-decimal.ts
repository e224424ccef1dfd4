import { type Integer, normalInteger } from '../column-type.ts';
import { LongDecimal } from '../json/long-decimal.ts';
import { decimalScaleMax, integerMax, integerMin } from '../limits.ts';
import { type Misfit, nullOrWrongType, outOfRange, wrongType } from './misfit.ts';

const want = 'a decimal number';
const decimalForm = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;
/** Significant digits that a double always keeps, so that a number of so few is its own shortest text. */
const exactNumberMax = 1e15;
const powersOfTen = Array.from({ length: decimalScaleMax + 1 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * decimal(scale): the value times 10^scale, cut (not rounded) to a whole number. Numbers and text are read by their
 * decimal digits: 0.29 is 29 hundredths. (The original multiplies JSON numbers as floats and gets 28.)
 * `""` is missing.
 */
export function decimalCoercer(column: string, scale: number): (value: unknown) => Integer | Misfit | null | undefined {
  const power = powersOfTen[scale]!;
  const tooLarge = (value: unknown): Misfit =>
    outOfRange(column, value, `a number that fits 64 bits at scale ${scale}`, `does not fit 64 bits at scale ${scale}`);

  const exact = (text: string, value: unknown): Integer | Misfit => {
    const scaled = scaleText(text, scale);
    if (scaled === undefined) return wrongType(column, value, want);
    return scaled === 'too large' ? tooLarge(value) : normalInteger(scaled);
  };

  return (value) => {
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) return tooLarge(value);
      return scaleNumber(value, power) ?? exact(String(value), value);
    }
    if (typeof value === 'string') {
      if (value === '') return undefined;
      return scalePlainText(value, scale) ?? exact(value.trim(), value);
    }
    if (typeof value === 'bigint') return exact(String(value), value);
    return value instanceof LongDecimal ? exact(value.source, value) : nullOrWrongType(column, value, want);
  };
}

/**
 * A number times a power of ten without going through its text, where that is provably the same; else undefined.
 * If a whole number of at most 15 digits over `power` gives the number back, then its digits are the number's shortest
 * text, because no two decimals of 15 digits share a double. And if the product is well away from a whole number, its
 * rounding error (at most a few 2^-53 of it) can't change what cutting leaves.
 */
function scaleNumber(value: number, power: number): number | undefined {
  const product = value * power;
  const rounded = Math.round(product);
  if (Math.abs(rounded) < exactNumberMax && rounded / power === value) return rounded + 0;
  if (Math.abs(product) > 1e12) return undefined;
  const cut = Math.trunc(product);
  const rest = Math.abs(product - cut);
  return rest > 0.01 && rest < 0.99 ? cut + 0 : undefined;
}

/** Text of plain digits with a point, at most 15 of them once scaled; undefined for every other text. */
function scalePlainText(text: string, scale: number): number | undefined {
  const length = text.length;
  if (length + scale > 15) return undefined;
  let at = 0;
  const sign = text.charCodeAt(0) === 45 ? -1 : 1;
  if (sign < 0) at++;
  let whole = 0;
  let decimals = -1;
  for (const first = at; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      if (decimals < scale) whole = whole * 10 + code - 48;
      else continue;
      if (decimals >= 0) decimals++;
    } else if (code === 46 && decimals < 0 && at > first) decimals = 0;
    else return undefined;
  }
  if (length === 0 || (sign < 0 && length === 1)) return undefined;
  return sign * whole * powersOfTen[scale - Math.max(decimals, 0)]! + 0;
}

/**
 * Any decimal text, exponents included, times 10^scale and cut to a whole number; undefined when it is none. Its size is
 * checked before digits are made of it: 1e999999 costs nothing.
 */
export function scaleText(text: string, scale: number): bigint | 'too large' | undefined {
  const match = decimalForm.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return 0n;
  const kept = digits.length + Number(exponent) - fraction.length + scale;
  if (kept <= 0) return 0n;
  if (kept > 19) return 'too large';
  const scaled = BigInt(`${sign === '-' ? '-' : ''}${digits.slice(0, kept).padEnd(kept, '0')}`);
  return scaled < integerMin || scaled > integerMax ? 'too large' : scaled;
}
