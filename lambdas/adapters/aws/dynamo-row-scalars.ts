import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { scaleText } from '../../domain/coercion/coerce-decimal.ts';
import { formatRfc3339, parseRfc3339 } from '../../domain/coercion/rfc3339.ts';
import { countOf, instantOf } from '../../domain/coercion/timestamp-unit.ts';
import {
  type ColumnType,
  type Integer,
  type Member,
  normalInteger,
  type Scalar,
  type TimeUnit,
} from '../../domain/column-type.ts';
import { rowKeyBytesMax } from '../../domain/limits.ts';
import { compareScalars } from '../../domain/merge/scalar-order.ts';
import type { RowKey } from '../../domain/row.ts';
import type { KeyType } from '../../domain/table.ts';

/** Digits of a second by unit: all of them are written, so that text order is time order. */
const secondDigits: Readonly<Record<TimeUnit, number>> = { s: 0, ms: 3, us: 6, ns: 9 };
/** A whole number that is exact as a JavaScript number, whatever its digits. */
const shortWholeForm = /^-?\d{1,15}$/;

/** The key attribute: N for ids, S for text. */
export function keyAttribute(key: RowKey, keyType: KeyType): AttributeValue {
  return keyType === 'id' ? { N: String(key) } : { S: String(key) };
}

/** Whether DynamoDB may hold a row of this key: it takes no empty text, and none of more than 2,048 bytes, as a key. */
export function canBeKey(key: RowKey): boolean {
  return typeof key !== 'string' || (key !== '' && Buffer.byteLength(key) <= rowKeyBytesMax);
}

/** The inverse of `keyAttribute`. */
export function keyOf({ N, S }: AttributeValue): RowKey {
  return N === undefined ? S! : integerOf(N);
}

/**
 * A scalar as another program would want to find it: numbers as N, decimals with their point (DynamoDB keeps 38 digits,
 * ours have at most 19), timestamps as RFC 3339 in UTC with all digits of their unit, the rest as S and BOOL. Coercion
 * lets in only timestamps that have such a text: years 1 to 9999.
 */
export function scalarAttribute(value: Scalar, type: ColumnType): AttributeValue {
  switch (type.type) {
    case 'string':
      return { S: String(value) };
    case 'bool':
      return { BOOL: value === true };
    case 'decimal':
      return { N: decimalText(value as Integer, type.scale) };
    case 'timestamp':
      return { S: timestampText(value as Integer, type.unit) };
    default:
      return { N: String(value) };
  }
}

/**
 * The inverse of `scalarAttribute`.
 * @throws when the attribute is not of the column's type, so not written by us; the error holds no value
 */
export function scalarOf(attribute: AttributeValue, type: ColumnType): Scalar {
  const value = read(attribute, type);
  if (value === undefined) throw new TypeError(`an attribute is no stored ${type.type}`);
  return value;
}

function read({ S, N, BOOL }: AttributeValue, type: ColumnType): Scalar | undefined {
  switch (type.type) {
    case 'string':
      return S;
    case 'bool':
      return BOOL;
    case 'decimal':
      return N === undefined ? undefined : scaledInteger(N, type.scale);
    case 'timestamp': {
      const instant = S === undefined ? undefined : parseRfc3339(S);
      return instant && countOf(instant, type.unit);
    }
    default:
      return N === undefined ? undefined : integerOf(N);
  }
}

/** Members (at least one) as SS or NS; those of one column are all text or all numbers. */
export function setAttribute(members: readonly Member[]): AttributeValue {
  return typeof members[0] === 'string' ? { SS: members as string[] } : { NS: members.map(String) };
}

/**
 * The members of an SS or NS in the one order that their stamps are listed in; DynamoDB keeps none. No attribute is the
 * empty set.
 */
export function membersOf(attribute: AttributeValue | undefined): Member[] {
  const { SS, NS = [] } = attribute ?? ({} as AttributeValue);
  return (SS ? [...SS] : NS.map(integerOf)).sort(compareScalars);
}

function integerOf(text: string): Integer {
  return shortWholeForm.test(text) ? Number(text) : (scaledInteger(text, 0) ?? normalInteger(BigInt(text)));
}

/** Digits with a point, or with an exponent should DynamoDB choose to send one. */
function scaledInteger(text: string, scale: number): Integer | undefined {
  const scaled = scaleText(text, scale);
  return typeof scaled === 'bigint' ? normalInteger(scaled) : undefined;
}

function decimalText(scaled: Integer, scale: number): string {
  if (scale === 0) return String(scaled);
  const digits = String(scaled < 0 ? -scaled : scaled).padStart(scale + 1, '0');
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function timestampText(count: Integer, unit: TimeUnit): string {
  const { seconds, nanos } = instantOf(count, unit);
  const whole = formatRfc3339({ seconds, nanos: 0 });
  const digits = secondDigits[unit];
  return digits === 0 ? whole : `${whole.slice(0, -1)}.${String(nanos).padStart(9, '0').slice(0, digits)}Z`;
}
