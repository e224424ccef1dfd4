/**
 * A whole number of a control body as decimal text: JSON numbers, and text for those that JSON would round. The largest
 * 64-bit number arrives from JSON.parse as 2^63, because a double has no closer one; it is taken for what was meant.
 * @returns undefined when it is no whole number
 */
export function wholeNumberText(value: unknown): string | undefined {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return /^-?(0|[1-9]\d*)$/.test(value) ? value : undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
  return value === 2 ** 63 ? '9223372036854775807' : BigInt(value).toString();
}
