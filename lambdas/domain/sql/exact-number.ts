import type { ComparisonOperator } from './sql-tree.ts';

/** A decimal number without rounding: `digits` x 10^-`scale`. */
export interface ExactNumber {
  readonly digits: bigint;
  readonly scale: number;
}

/** A comparison with a whole count of a column's smallest parts, or what it comes to for every value that is there. */
export type Bound = { readonly op: ComparisonOperator; readonly parts: bigint } | 'always' | 'never';

/** Reads `-12`, `1.50`, `.5` or `7.`; the grammars let nothing else through. */
export function readNumber(text: string): ExactNumber {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(`${whole.replace('+', '')}${fraction}`.replace(/^(-?)$/, '$10')), scale: fraction.length };
}

/**
 * What `x op number` means for values x that are whole counts of 10^-`scale` between `min` and `max`: the same
 * comparison with the count below or at the number, so that no value is rounded to be compared and 2.5 equals no integer.
 */
export function boundOf(
  op: ComparisonOperator,
  number: ExactNumber,
  { scale, min, max }: { readonly scale: number; readonly min: bigint; readonly max: bigint },
): Bound {
  const { floor, exact } = toScale(number, scale);
  if (!exact && (op === '=' || op === '!=')) return op === '=' ? 'never' : 'always';
  if (floor < min) return op === '>' || op === '>=' || op === '!=' ? 'always' : 'never';
  if (floor > max) return op === '<' || op === '<=' || op === '!=' ? 'always' : 'never';
  if (exact) return { op, parts: floor };
  return { op: op === '<' || op === '<=' ? '<=' : '>', parts: floor };
}

/** Decimal text of a whole count of 10^-`scale`. */
export function partsText(parts: bigint, scale: number): string {
  if (scale === 0) return parts.toString();
  const digits = (parts < 0n ? -parts : parts).toString().padStart(scale + 1, '0');
  return `${parts < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function toScale({ digits, scale }: ExactNumber, wanted: number): { readonly floor: bigint; readonly exact: boolean } {
  if (scale <= wanted) return { floor: digits * 10n ** BigInt(wanted - scale), exact: true };
  const unit = 10n ** BigInt(scale - wanted);
  const rest = ((digits % unit) + unit) % unit;
  return { floor: (digits - rest) / unit, exact: rest === 0n };
}
