import { idCoercer } from '../coercion/coerce-integer.ts';
import { stringCoercer } from '../coercion/coerce-text.ts';
import { coercerOf } from '../coercion/coercion.ts';
import { Misfit, wrongType } from '../coercion/misfit.ts';
import type { Member, Scalar } from '../column-type.ts';
import { LongDecimal } from '../json/long-decimal.ts';
import type { Rejection } from '../outcome.ts';
import type { RowKey } from '../row.ts';
import type { KeyPart, KeySpec } from '../sink.ts';
import { type JsonObject, notAnObject, pathReader } from './lookup-path.ts';
import { deadEnd, keyTooLong, misfitRejection, missingKey, type Place } from './record-rejections.ts';
import { isKeyTooLong, joinKeyParts, renderKeyPart } from './row-key.ts';

/** What a key or a part of one reads as: null and undefined for what can't name a row because it is empty. */
type KeyCoercer<K> = (value: unknown) => K | Misfit | null | undefined;

/**
 * Makes the function that reads a record's key. Absent, null and empty values never name a row, whatever the sink allows
 * to be missing.
 */
export function compileKey(key: KeySpec): (root: JsonObject) => RowKey | Rejection {
  switch (key.kind) {
    case 'id':
      return keyValue(key, wholeId(key.name));
    case 'string':
      return bounded(keyValue(key, stringCoercer(key.name)), key);
    case 'compound':
      return bounded(compoundKey(key.parts));
  }
}

/** Fractions are refused here, though an id column cuts them off: 1.2 and 1.7 must not become one row. */
function wholeId(name: string): ReturnType<typeof idCoercer> {
  const id = idCoercer(name);
  return (value) => (hasFraction(value) ? wrongType(name, value, 'a whole number from 0') : id(value));
}

function hasFraction(value: unknown): boolean {
  return typeof value === 'number' ? !Number.isInteger(value) : value instanceof LongDecimal;
}

function keyValue<K extends RowKey>(place: Place, coerce: KeyCoercer<K>): (root: JsonObject) => K | Rejection {
  const read = pathReader(place.path);
  return (root) => {
    const found = read(root);
    if (found === notAnObject) return deadEnd(place, root);
    const key = coerce(found);
    if (key === undefined || key === null) return missingKey(place, found, root);
    return key instanceof Misfit ? misfitRejection(place, key, 'invalid_key') : key;
  };
}

function compoundKey(parts: readonly KeyPart[]): (root: JsonObject) => string | Rejection {
  const readers = parts.map((part) => keyValue(part, partCoercer(part)));
  return (root) => {
    const texts: string[] = [];
    for (const read of readers) {
      const text = read(root);
      if (typeof text === 'object') return text;
      texts.push(text);
    }
    return joinKeyParts(texts);
  };
}

/** Reads a part by its type and renders it; an empty list names nothing. */
function partCoercer({ name, type, readAs }: KeyPart): KeyCoercer<string> {
  const coerce = coercerOf(type, name, readAs);
  return (value) => {
    const read = coerce(value);
    if (read === null || read === undefined || read instanceof Misfit) return read;
    if (!Array.isArray(read)) return renderKeyPart(read as Scalar, type);
    const members = read as readonly Member[];
    if (members.length === 0) return undefined;
    return readAs?.oneMember ? String(members[0]) : renderKeyPart(members, type);
  };
}

function bounded(read: (root: JsonObject) => string | Rejection, place?: Place) {
  return (root: JsonObject): string | Rejection => {
    const key = read(root);
    return typeof key === 'string' && isKeyTooLong(key) ? keyTooLong(key, place) : key;
  };
}
