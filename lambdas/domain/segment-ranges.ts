import { type ColumnType, normalInteger, type Scalar } from './column-type.ts';
import { compareScalars } from './merge/scalar-order.ts';

/** A scalar in a form that JSON keeps: whole numbers (counts of decimals and timestamps too) as decimal text. */
export type RangeValue = string | boolean;

/** Smallest and largest value of a column in one file, both included; empty where all values are null. May be too wide. */
export type ColumnRange = readonly [] | readonly [min: RangeValue, max: RangeValue];

/** A range's ends as scalars. */
export interface RangeEnds {
  readonly min: Scalar;
  readonly max: Scalar;
}

/**
 * Columns of one segment that have a range: the first scalar ones in order of creation. A catalog item then stays within
 * a few KB also for a table of 500 columns, and every query reads the items of all segments of its tables.
 */
export const rangedColumnsMax = 32;
/** UTF-16 units of a text in a range, one more where it was rounded up: tells names apart; a key may have 2,048 bytes. */
export const rangeTextMax = 32;

/**
 * JavaScript compares text by UTF-16 units, in which halves of astral characters come before U+E000. So its smallest text
 * is the smallest by code points too unless it holds such a half, and its largest unless it holds a unit from U+E000 on.
 */
const astralHalf = /[\ud800-\udfff]/;
const afterAstral = /[\ue000-\uffff]/;

/** The range of whole numbers or booleans. */
export function rangeOfValues(values: readonly (Exclude<Scalar, string> | null)[]): ColumnRange {
  let min: Exclude<Scalar, string> | undefined;
  let max: Exclude<Scalar, string> | undefined;
  for (const value of values) {
    if (value === null) continue;
    if (min === undefined || max === undefined) min = max = value;
    else if (value < min) min = value;
    else if (max < value) max = value;
  }
  return min === undefined || max === undefined ? [] : [plainValue(min), plainValue(max)];
}

/**
 * The range of texts; undefined when it can't be told in few characters. A loop of its own, and with JavaScript's own
 * comparison: the general one would take three times as long.
 */
export function rangeOfTexts(texts: readonly (string | null)[]): ColumnRange | undefined {
  let min: string | undefined;
  let max: string | undefined;
  for (const text of texts) {
    if (text === null) continue;
    if (min === undefined || max === undefined) min = max = text;
    else if (text < min) min = text;
    else if (max < text) max = text;
  }
  if (min === undefined || max === undefined) return [];
  if (!astralHalf.test(min) && !afterAstral.test(max)) return rangeBetween(min, max);
  return rangeOfSorted(texts.filter((text) => text !== null).sort(compareScalars));
}

/** The range of values that are sorted as `compareScalars` sorts; undefined when it can't be told in few characters. */
export function rangeOfSorted(values: readonly Scalar[]): ColumnRange | undefined {
  return values.length === 0 ? [] : rangeBetween(values[0]!, values.at(-1)!);
}

/** The range from the smallest to the largest value; undefined when it can't be told in few characters. */
export function rangeBetween(min: Scalar, max: Scalar): ColumnRange | undefined {
  if (typeof min !== 'string' || typeof max !== 'string') return [plainValue(min), plainValue(max)];
  const upper = textAbove(max);
  return upper === undefined ? undefined : [prefixOf(min), upper];
}

/** The ends of a range of a column of this type; undefined for an empty one. */
export function rangeEnds(range: ColumnRange, type: ColumnType['type']): RangeEnds | undefined {
  if (range.length === 0) return undefined;
  const [min, max] = range.map((value) =>
    typeof value === 'boolean' || type === 'string' ? value : normalInteger(BigInt(value)),
  ) as [Scalar, Scalar];
  return { min, max };
}

function plainValue(value: Scalar): RangeValue {
  return typeof value === 'boolean' ? value : String(value);
}

/** The text itself, or its beginning, which sorts before it. Never ends in half a character. */
function prefixOf(text: string): string {
  if (text.length <= rangeTextMax) return text;
  const cut = text.slice(0, rangeTextMax);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** The text itself, or a short one that sorts after every text that begins like it; undefined if there is none. */
function textAbove(text: string): string | undefined {
  if (text.length <= rangeTextMax) return text;
  const points = Array.from(prefixOf(text), (character) => character.codePointAt(0)!);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last < 0x10ffff) return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
  }
  return undefined;
}
