import type { Scalar } from '../column-type.ts';

/**
 * One order for the values of one column: null lowest, numbers by size, false before true, text by code point (as UTF-8
 * bytes compare, so SQLite and DuckDB sort alike; JavaScript's `<` would put astral characters before U+E000).
 * @returns below zero, zero or above zero, as `Array.sort` wants it
 */
export function compareScalars(a: Scalar | null, b: Scalar | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return a < b ? -1 : 1;
}

function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** A UTF-16 unit's place in the order of code points: halves of astral characters come after all others. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
