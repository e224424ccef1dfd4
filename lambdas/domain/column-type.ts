/**
 * The types a column may have (FeatureBase SQL types) and the shape that their values take once
 * coerced. Options that are 64-bit integers are kept as decimal text, so that JSON never rounds them.
 */

/** Finest to coarsest time views of a quantum column: a contiguous part of `YMDH`. */
export type Quantum = 'Y' | 'YM' | 'YMD' | 'YMDH' | 'M' | 'MD' | 'MDH' | 'D' | 'DH' | 'H';
export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

export type ColumnType =
  | { readonly type: 'id' | 'idset' | 'string' | 'stringset' | 'bool' }
  | QuantumType
  | { readonly type: 'int'; readonly min?: string; readonly max?: string }
  | { readonly type: 'decimal'; readonly scale: number }
  /** `epoch` is RFC 3339 and shifts numbers that come in; stored counts are always from 1970 in `unit`. */
  | { readonly type: 'timestamp'; readonly unit: TimeUnit; readonly epoch?: string };

/**
 * A set column with time views. A view counts until its end and `ttl` (a Go duration; 0 or none: for ever) are past.
 * With `noStandardView`, reads that name no time see the members of the views that count, and not all there ever were.
 */
export interface QuantumType {
  readonly type: 'idsetq' | 'stringsetq';
  readonly quantum: Quantum;
  readonly ttl?: string;
  readonly noStandardView?: true;
}

export type TypeName = ColumnType['type'];

/** A whole number: `number` when it is exact there (|x| < 2^53), else `bigint`. Never both for one value. */
export type Integer = number | bigint;
/**
 * A stored scalar. id, int: the number. decimal: scaled to an integer (5.1 at scale 2 is 510).
 * timestamp: the count of `unit` since 1970. string, bool: as they are.
 */
export type Scalar = Integer | string | boolean;
/** A member of a set column: `Integer` for idset(q), string for stringset(q). */
export type Member = Integer | string;

/** True for the columns whose cells hold members instead of one value. */
export function isSetType(type: TypeName): boolean {
  return type === 'idset' || type === 'stringset' || type === 'idsetq' || type === 'stringsetq';
}

/** True for the set columns that keep time views. */
export function isQuantumType(type: TypeName): boolean {
  return type === 'idsetq' || type === 'stringsetq';
}

/** True for columns whose members show by their time views alone. */
export function hasOnlyTimeViews(type: ColumnType): boolean {
  return 'noStandardView' in type && type.noStandardView === true;
}

/** The one form of a whole number that cells, keys and members use. */
export function normalInteger(value: bigint): Integer {
  return value >= -9_007_199_254_740_991n && value <= 9_007_199_254_740_991n ? Number(value) : value;
}
