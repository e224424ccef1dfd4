import { type Integer, normalInteger } from '../column-type.ts';
import { LongDecimal } from '../json/long-decimal.ts';
import { integerMax, integerMin } from '../limits.ts';
import { type Misfit, nullOrWrongType, outOfRange, wrongType } from './misfit.ts';

type IntegerCoercer = (value: unknown) => Integer | Misfit | null | undefined;

/**
 * id and members of idset(q) (FeatureBase ingester, IDField): whole numbers from 0, fractions cut off, text as Go's
 * ParseUint takes it after trimming; `""` is missing. The original wraps negative numbers round; we reject them.
 */
export function idCoercer(column: string): IntegerCoercer {
  return integerCoercer(column, 0n, integerMax, /^[0-9]+$/, 'a whole number from 0');
}

/**
 * int (FeatureBase ingester, IntField): whole numbers between `min` and `max`, fractions cut off, text as Go's ParseInt
 * takes it after trimming; `""` is missing.
 * @param min decimal text, -2^63 if not given
 * @param max decimal text, 2^63 - 1 if not given
 */
export function intCoercer(column: string, min?: string, max?: string): IntegerCoercer {
  const low = min === undefined ? integerMin : BigInt(min);
  const high = max === undefined ? integerMax : BigInt(max);
  return integerCoercer(column, low, high, /^[+-]?[0-9]+$/, 'a whole number');
}

function integerCoercer(column: string, min: bigint, max: bigint, textForm: RegExp, want: string): IntegerCoercer {
  // Between these, a `number` is exact and comparing numbers is enough: the common case never meets a bigint.
  const safeMin = Number(min > BigInt(Number.MIN_SAFE_INTEGER) ? min : Number.MIN_SAFE_INTEGER);
  const safeMax = Number(max < BigInt(Number.MAX_SAFE_INTEGER) ? max : Number.MAX_SAFE_INTEGER);

  const within = (whole: bigint, value: unknown): Integer | Misfit => {
    if (whole < min) return outOfRange(column, value, `at least ${min}`, `is smaller than min allowed ${min}`);
    if (whole > max) return outOfRange(column, value, `at most ${max}`, `is bigger than max allowed ${max}`);
    return normalInteger(whole);
  };

  return (value) => {
    if (typeof value === 'number') {
      // Adding 0 turns the -0 that cutting -0.5 leaves into 0.
      const whole = Math.trunc(value) + 0;
      if (whole >= safeMin && whole <= safeMax) return whole;
      return Number.isFinite(whole) ? within(BigInt(whole), value) : outOfRange(column, value, want, 'is too large');
    }
    if (typeof value === 'string') {
      if (value === '') return undefined;
      const text = value.trim();
      if (!textForm.test(text)) return wrongType(column, value, want);
      // A text of 15 digits at most is exact as a number.
      if (text.length <= 15) {
        const whole = Number(text) + 0;
        if (whole >= safeMin && whole <= safeMax) return whole;
      }
      return within(wholeOfText(text), value);
    }
    if (typeof value === 'bigint') return within(value, value);
    if (value instanceof LongDecimal) return within(value.whole(), value);
    return nullOrWrongType(column, value, want);
  };
}

/** Digits beyond an int64's can't make a value fit, so a text of a million digits costs no more than one of forty. */
function wholeOfText(text: string): bigint {
  const digits = text.replace(/^[+-]?0*/, '').slice(0, 40);
  return BigInt(`${text.startsWith('-') ? '-' : ''}${digits || '0'}`);
}
