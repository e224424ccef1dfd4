import { type Misfit, shown } from '../coercion/misfit.ts';
import { rowKeyBytesMax } from '../limits.ts';
import type { Rejection } from '../outcome.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Path } from '../sink.ts';
import { isObject, type JsonObject, pointerTo } from './lookup-path.ts';

/** A mapped place of the record: the column, or the part of the key, that `path` fills. */
export interface Place {
  readonly name: string;
  readonly path: Path;
}

/** The record itself, or its `value`, is no JSON object. */
export function notAnObjectRecord(found: unknown, pointer: '' | '/value'): Rejection {
  const got = shown(found);
  const what = pointer === '' ? 'the record' : 'the value of the record';
  const message = `${what} is ${got}, and must be an object`;
  return { kind: 'rejected', reason: 'not_an_object', pointer, got, want: 'an object', message };
}

/** The record's `op` is none that we know. */
export function unknownOperation(op: unknown): Rejection {
  const got = shown(op);
  const message = `op is ${got}, and must be left out, "put" or "delete"`;
  return { kind: 'rejected', reason: 'unknown_operation', pointer: '/op', got, want: '"put" or "delete"', message };
}

/** A step of the path leads into something that has no keys (FeatureBase ingester's words). */
export function deadEnd({ name, path }: Place, root: JsonObject): Rejection {
  const steps = stepsFollowed(path, root);
  const followed = path.slice(0, steps);
  return {
    kind: 'rejected',
    reason: 'path_not_an_object',
    pointer: pointerTo(followed),
    column: name,
    got: shown(valueAt(followed, root)),
    want: 'an object',
    message: `failed to lookup path ${goList(path)}: element at ${goList(followed)} is not an object`,
  };
}

/** A mapped field is absent and the sink does not allow that (FeatureBase ingester's words). */
export function missingField({ name, path }: Place, root: JsonObject): Rejection {
  const steps = stepsFollowed(path, root);
  const followed = path.slice(0, steps);
  const absent = path[steps] ?? '';
  return {
    kind: 'rejected',
    reason: 'missing_field',
    pointer: pointerTo(path.slice(0, steps + 1)),
    column: name,
    got: 'nothing',
    want: 'a value, or null',
    message: `failed to lookup path ${goList(path)}: element ${JSON.stringify(absent)} at ${goList(followed)} is missing`,
  };
}

/** A value that names the row is absent, null or empty. */
export function missingKey({ name, path }: Place, found: unknown, root: JsonObject): Rejection {
  const want = 'a value that names the row';
  if (found === undefined) {
    const absent = missingField({ name, path }, root);
    const message = `data for primary key should not be nil or missing: ${absent.message}`;
    return { ...absent, reason: 'missing_key', want, message };
  }
  const message =
    found === ''
      ? 'record identifier cannot be an empty string'
      : `data for primary key should not be nil or missing: field = ${name}`;
  return {
    kind: 'rejected',
    reason: 'missing_key',
    pointer: pointerTo(path),
    column: name,
    got: shown(found),
    want,
    message,
  };
}

/** The version that every record of the table needs is absent, null or empty. */
export function missingVersion({ name, path }: Place, found: unknown, root: JsonObject): Rejection {
  const want = 'a version';
  if (found === undefined) return { ...missingField({ name, path }, root), reason: 'missing_version', want };
  const got = shown(found);
  const message = `field = ${name}, value ${got} is no version: every record of this table needs one`;
  return { kind: 'rejected', reason: 'missing_version', pointer: pointerTo(path), column: name, got, want, message };
}

/** @param place where the key comes from; absent when it is made of several values */
export function keyTooLong(key: string, place?: Place): Rejection {
  const got = `a key of ${Buffer.byteLength(key)} bytes`;
  const want = `at most ${rowKeyBytesMax} bytes`;
  return {
    kind: 'rejected',
    reason: 'key_too_long',
    pointer: pointerTo(place?.path ?? []),
    ...(place && { column: place.name }),
    got,
    want,
    message: `${got} is too long: ${want} in UTF-8`,
  };
}

/** A value can't be read as its column wants it. */
export function misfitRejection({ name, path }: Place, misfit: Misfit, reason: ReasonCode = misfit.reason): Rejection {
  const { got, want, message } = misfit;
  return { kind: 'rejected', reason, pointer: pointerTo(path), column: name, got, want, message };
}

/** How many steps of a path can be followed from the root. */
function stepsFollowed(path: Path, root: JsonObject): number {
  let node: unknown = root;
  let steps = 0;
  for (const name of path) {
    if (!isObject(node) || !Object.hasOwn(node, name)) break;
    node = node[name];
    steps++;
  }
  return steps;
}

function valueAt(followed: Path, root: JsonObject): unknown {
  return followed.reduce<unknown>((node, name) => (node as JsonObject)[name], root);
}

/** A path as Go prints a list of strings, which is how the original's messages show it. */
function goList(path: Path): string {
  return `[${path.join(' ')}]`;
}
