import { LongDecimal } from '../json/long-decimal.ts';
import type { Path } from '../sink.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Stands for a step into something that has no keys. JSON holds no symbols, so it can't be taken for a value. */
export const notAnObject: unique symbol = Symbol('not an object');

/** True for what has keys to step into: a JSON object, and neither a list nor null nor a number kept by its text. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LongDecimal);
}

/**
 * The value of an object's own property. What `Object.prototype` has is a name like any other, so that a `constructor`
 * or `__proto__` in a mapping never reaches beyond the record.
 */
export function ownValue(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/**
 * Makes the function that follows one path from an object (FeatureBase ingester, PathTable.Lookup): null at any step is
 * the result, an absent key gives undefined, and a step into anything but an object gives `notAnObject`.
 */
export function pathReader(path: Path): (root: JsonObject) => unknown {
  if (path.length === 1) {
    const name = path[0]!;
    return (root) => ownValue(root, name);
  }
  return (root) => {
    let node: unknown = root;
    for (let step = 0; step < path.length; step++) {
      if (!isObject(node)) return node === null || node === undefined ? node : notAnObject;
      node = ownValue(node, path[step]!);
    }
    return node;
  };
}

/** A JSON pointer (RFC 6901) from the record's own root to a place in its `value`. */
export function pointerTo(path: Path): string {
  return ['/value', ...path.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}
