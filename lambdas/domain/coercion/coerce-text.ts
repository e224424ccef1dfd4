import { LongDecimal } from '../json/long-decimal.ts';
import { rowBytesMax } from '../limits.ts';
import { type Misfit, nullOrWrongType, tooLongText, wrongType } from './misfit.ts';

/** Below this, Go's `%v` writes a float with an exponent; JavaScript does so only below 1e-6. */
const plainNumberMin = 1e-4;

/**
 * string (FeatureBase ingester, StringField): text as it is, numbers and booleans as Go's `%v` writes them. `""` is
 * missing: the original never stores it. The original would also store lists and objects as Go prints them; we reject
 * those, and text that no store can hold: with lone surrogates, or longer than a row may be.
 */
export function stringCoercer(column: string): (value: unknown) => string | Misfit | null | undefined {
  return (value) => {
    if (typeof value === 'string') {
      if (value === '') return undefined;
      if (value.length > rowBytesMax) return tooLongText(column, value);
      return value.isWellFormed() ? value : wrongType(column, value, 'well-formed Unicode');
    }
    return textOfScalar(value) ?? nullOrWrongType(column, value, 'a string, number or boolean');
  };
}

/** A number or boolean as text; undefined for anything else. */
export function textOfScalar(value: unknown): string | undefined {
  if (typeof value === 'number') return textOfNumber(value);
  const isPlain = typeof value === 'boolean' || typeof value === 'bigint' || value instanceof LongDecimal;
  return isPlain ? String(value) : undefined;
}

function textOfNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= plainNumberMin || size === 0) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
}

/**
 * bool (FeatureBase ingester, BoolField): true, false; `1 t true 0 f false` in any case and trimmed; numbers cut to whole
 * ones, all but 0 are true. `""` is missing.
 */
export function boolCoercer(column: string): (value: unknown) => boolean | Misfit | null | undefined {
  return (value) => {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return Math.trunc(value) !== 0;
    if (typeof value === 'bigint') return value !== 0n;
    if (value instanceof LongDecimal) return value.whole() !== 0n;
    if (value === '') return undefined;
    if (typeof value === 'string') {
      const text = value.trim().toLowerCase();
      if (text === '1' || text === 't' || text === 'true') return true;
      if (text === '0' || text === 'f' || text === 'false') return false;
    }
    return nullOrWrongType(column, value, 'true or false');
  };
}
