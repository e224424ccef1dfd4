import { formatRfc3339 } from '../coercion/rfc3339.ts';
import { instantOf } from '../coercion/timestamp-unit.ts';
import type { ColumnType, Integer, Member, Scalar } from '../column-type.ts';
import { rowKeyBytesMax } from '../limits.ts';

/** Most bytes that one UTF-16 code unit takes in UTF-8. */
const bytesPerUnitMax = 3;

/**
 * One part of a compound key as text, the same for every way of writing the same value: `5.10`, `"5.1"` and 5.1 are one
 * decimal. Sets are sorted and joined by `,`; a `,` or `\` inside a member is escaped with `\`.
 */
export function renderKeyPart(value: Scalar | readonly Member[], type: ColumnType): string {
  if (isMembers(value)) return renderMembers(value);
  if (type.type === 'decimal') return renderDecimal(value as Integer, type.scale);
  if (type.type === 'timestamp') return formatRfc3339(instantOf(value as Integer, type.unit));
  return String(value);
}

/**
 * Joins the parts of a compound key by `|` in the mapping's order (FeatureBase ingester, getPrimaryKeyRecordizer). `|`
 * and `\` inside a part are escaped with `\`, so that `a|b` + `c` and `a` + `b|c` are two rows; a lone part stays as it is.
 */
export function joinKeyParts(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : parts.map((part) => part.replace(/[\\|]/g, '\\$&')).join('|');
}

/** Whether a text key fits the limit of every row store. */
export function isKeyTooLong(key: string): boolean {
  return key.length * bytesPerUnitMax > rowKeyBytesMax && Buffer.byteLength(key) > rowKeyBytesMax;
}

function isMembers(value: Scalar | readonly Member[]): value is readonly Member[] {
  return Array.isArray(value);
}

function renderMembers(members: readonly Member[]): string {
  return [...members]
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((member) => String(member).replace(/[\\,]/g, '\\$&'))
    .join(',');
}

function renderDecimal(scaled: Integer, scale: number): string {
  const digits = String(scaled < 0 ? -scaled : scaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = digits.slice(point).replace(/0+$/, '');
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
}
