import type { ColumnType, Quantum, TimeUnit } from '../column-type.ts';
import { decimalScaleMax, integerMax, integerMin } from '../limits.ts';
import { parseGoDuration } from './go-duration.ts';
import { parseRfc3339 } from './rfc3339.ts';

/** The quanta that a column may have: contiguous parts of `YMDH` (FeatureBase: `YM` and `MDH` are right, `YD` is not). */
export const quanta: readonly Quantum[] = ['Y', 'YM', 'YMD', 'YMDH', 'M', 'MD', 'MDH', 'D', 'DH', 'H'];
export const timeUnits: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns'];

const wholeNumber = /^-?(0|[1-9]\d*)$/;

/** A sentence that says what is wrong with a column type's options, or undefined when all is well. */
export function columnTypeProblem(type: ColumnType): string | undefined {
  switch (type.type) {
    case 'int':
      return rangeProblem(type.min, type.max);
    case 'decimal':
      return Number.isInteger(type.scale) && type.scale >= 0 && type.scale <= decimalScaleMax
        ? undefined
        : `the scale of a decimal is a whole number from 0 to ${decimalScaleMax}, not ${type.scale}`;
    case 'timestamp':
      if (!timeUnits.includes(type.unit)) return `the unit of a timestamp is s, ms, us or ns, not '${type.unit}'`;
      return type.epoch === undefined || parseRfc3339(type.epoch)
        ? undefined
        : `the epoch of a timestamp is a time like 1970-01-01T00:00:00Z, not '${type.epoch}'`;
    case 'idsetq':
    case 'stringsetq':
      if (!quanta.includes(type.quantum)) return `a time quantum is a contiguous part of YMDH, not '${type.quantum}'`;
      return type.ttl === undefined || parseGoDuration(type.ttl) !== undefined
        ? undefined
        : `a time to live is a duration like 24h or 90m, not '${type.ttl}'`;
    default:
      return undefined;
  }
}

/** The type as FeatureBase's SQL writes it, for messages: `decimal(2)`, `timestamp 'ms'`, `stringsetq 'YMD'`. */
export function columnTypeText(type: ColumnType): string {
  switch (type.type) {
    case 'int':
      return `int${type.min === undefined ? '' : ` min ${type.min}`}${type.max === undefined ? '' : ` max ${type.max}`}`;
    case 'decimal':
      return `decimal(${type.scale})`;
    case 'timestamp':
      return `timestamp '${type.unit}'${type.epoch === undefined ? '' : ` epoch '${type.epoch}'`}`;
    case 'idsetq':
    case 'stringsetq':
      return `${type.type} '${type.quantum}'${type.ttl === undefined ? '' : ` ttl '${type.ttl}'`}`;
    default:
      return type.type;
  }
}

/** True when a column of type `existing` is what `wanted` asks for: the options that `wanted` leaves open may be any. */
export function fitsColumnType(wanted: ColumnType, existing: ColumnType): boolean {
  const stands: Readonly<Record<string, unknown>> = { ...existing };
  return Object.entries(wanted).every(([option, value]) => value === undefined || stands[option] === value);
}

function rangeProblem(min: string | undefined, max: string | undefined): string | undefined {
  for (const [name, bound] of [
    ['min', min],
    ['max', max],
  ]) {
    if (bound === undefined) continue;
    if (!wholeNumber.test(bound) || BigInt(bound) < integerMin || BigInt(bound) > integerMax)
      return `the ${name} of an int is a whole number of 64 bits, not '${bound}'`;
  }
  if (min !== undefined && max !== undefined && BigInt(min) > BigInt(max))
    return `the min of an int is not above its max: ${min} is above ${max}`;
  return undefined;
}
