import { recordTimeCoercer } from './coercion/coerce-timestamp.ts';
import { coercerOf } from './coercion/coercion.ts';
import { Misfit } from './coercion/misfit.ts';
import { compileKey } from './mapping/compile-key.ts';
import { compileVersion } from './mapping/compile-version.ts';
import { isObject, type JsonObject, notAnObject, ownValue, pathReader } from './mapping/lookup-path.ts';
import {
  deadEnd,
  misfitRejection,
  missingField,
  notAnObjectRecord,
  unknownOperation,
} from './mapping/record-rejections.ts';
import type { MappedRow, MappedValue, RecordOutcome, Rejection } from './outcome.ts';
import type { Mapping, MappingItem, RecordTimeSpec } from './sink.ts';
import type { ProducerVersion } from './version.ts';

/** Maps one record of a request, `{"value": {...}}` or `{"op": "delete", "value": {...}}`. Pure; never throws. */
export type CompiledMapping = (record: unknown) => RecordOutcome;

const noValues: readonly MappedValue[] = [];

/**
 * Compiles a mapping into the function that turns records into rows: all that the mapping says is decided here once, and
 * a record costs one look-up and one coercion a column. The first thing that is wrong rejects the record: its shape,
 * then its key, its version, the columns in the mapping's order, and its time. A delete needs key and version only.
 */
export function compileMapping(mapping: Mapping): CompiledMapping {
  const { allowMissingFields, items } = mapping;
  const readKey = compileKey(mapping.key);
  const readVersion = mapping.version && compileVersion(mapping.version);
  const readers = items.map((item) => valueReader(item, allowMissingFields));
  const readTime = mapping.timeQuantum && timeReader(mapping.timeQuantum, allowMissingFields);

  return (record) => {
    if (!isObject(record)) return notAnObjectRecord(record, '');
    const root = ownValue(record, 'value');
    if (!isObject(root)) return notAnObjectRecord(root, '/value');
    const op = ownValue(record, 'op');
    if (op !== undefined && op !== 'put' && op !== 'delete') return unknownOperation(op);
    const key = readKey(root);
    if (typeof key === 'object') return key;
    const version = readVersion?.(root);
    if (typeof version === 'object') return version;
    if (op === 'delete') return placed({ kind: 'row', op, key, values: noValues }, version);

    const values = new Array<MappedValue>(readers.length);
    for (let i = 0; i < readers.length; i++) {
      const value = readers[i]!(root);
      if (isRejection(value)) return value;
      values[i] = value;
    }
    const timeMs = readTime?.(root);
    if (timeMs === undefined) return placed({ kind: 'row', op: 'put', key, values }, version);
    return typeof timeMs === 'number' ? placed({ kind: 'row', op: 'put', key, values, timeMs }, version) : timeMs;
  };
}

function placed(row: MappedRow, version: ProducerVersion | undefined): MappedRow {
  return version === undefined ? row : { ...row, version };
}

/** Reads one column: null in the record is null, and clears; absent is undefined where the sink allows that. */
function valueReader(item: MappingItem, allowMissing: boolean): (root: JsonObject) => MappedValue | Rejection {
  const read = pathReader(item.path);
  const coerce = coercerOf(item.type, item.name, item.readAs);
  return (root) => {
    const found = read(root);
    if (found === undefined) return allowMissing ? undefined : missingField(item, root);
    if (found === notAnObject) return deadEnd(item, root);
    const value = coerce(found);
    return value instanceof Misfit ? misfitRejection(item, value) : value;
  };
}

/** Reads the one time of a record, in milliseconds since 1970; undefined when it has none. */
function timeReader(
  { path, readAs }: RecordTimeSpec,
  allowMissing: boolean,
): (root: JsonObject) => number | Rejection | undefined {
  const place = { name: '_timeQuantum', path };
  const read = pathReader(path);
  const timeMsOf = recordTimeCoercer(readAs);
  return (root) => {
    const found = read(root);
    if (found === undefined) return allowMissing ? undefined : missingField(place, root);
    if (found === notAnObject) return deadEnd(place, root);
    const timeMs = timeMsOf(found);
    return timeMs instanceof Misfit ? misfitRejection(place, timeMs) : timeMs;
  };
}

function isRejection(value: MappedValue | Rejection): value is Rejection {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
