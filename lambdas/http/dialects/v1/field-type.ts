import { columnTypeProblem } from '../../../domain/coercion/column-type-rules.ts';
import { parseGoDuration } from '../../../domain/coercion/go-duration.ts';
import { shown } from '../../../domain/coercion/misfit.ts';
import { wholeNumberText } from '../../../domain/coercion/whole-number-text.ts';
import type { ColumnType, Quantum, TimeUnit } from '../../../domain/column-type.ts';
import { Problem } from '../../../domain/problem.ts';
import type { ReadAs } from '../../../domain/sink.ts';
import { type FieldConfig, readFieldConfig } from './field-config.ts';
import { readDateIntConfig, readTimeConfig } from './time-config.ts';

/**
 * What a field of a /v1 schema becomes: a column, or the one time that the record's quantum columns share
 * (FeatureBase ingester: `recordTime` is not stored).
 */
export type FieldType =
  | { readonly kind: 'column'; readonly type: ColumnType; readonly readAs?: ReadAs }
  | { readonly kind: 'recordTime'; readonly readAs: ReadAs };

/**
 * Reads `type` and `config` of one field of a /v1 schema. Types are case-sensitive, config keys are not. As in the
 * original, config keys that the type does not have are ignored; so is CacheConfig, which tunes the original's storage.
 * `id` and `string` without Mutex are set columns that take one member a record (FeatureBase ingester: Mutex defaults to
 * false).
 * @param place what the field is, as a message begins: `definition[3] ('species')`
 * @throws Problem `missing_parameter` without a type, else `invalid_parameter`
 */
export function readFieldType(type: unknown, config: unknown, place: string): FieldType {
  const field = typeOrFault(type, config);
  if (typeof field !== 'string') return field;
  const kind = type === undefined || type === null ? 'missing_parameter' : 'invalid_parameter';
  throw new Problem(kind, `${place}: ${field}.`, { parameter: 'definition' });
}

/** The type, or what is wrong, as the end of a sentence. */
function typeOrFault(type: unknown, config: unknown): FieldType | string {
  const options = readFieldConfig(config);
  if (typeof options === 'string') return options;
  const read = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (type === undefined || type === null) return 'it has no type';
  if (type === 'lookupText') return lookupText;
  if (!read) return `unsupported type ${shown(type)}: it is one of ${Object.keys(readers).join(', ')}`;
  const field = read(options);
  if (typeof field === 'string' || field.kind === 'recordTime') return field;
  return columnTypeProblem(field.type) ?? field;
}

/** The one type of the ingester that is not here (FeatureBase, idk: it was not in the cloud either). */
const lookupText =
  'lookupText is not supported: it keeps its texts in a database of the ingester beside the table, which the cloud never had; use string';

const readers: Readonly<Record<string, (config: FieldConfig) => FieldType | string>> = {
  id: (config) => oneValue(config, 'id', 'idset', 'idsetq'),
  string: (config) => oneValue(config, 'string', 'stringset', 'stringsetq'),
  ids: (config) => members(config, 'idset', 'idsetq'),
  strings: (config) => members(config, 'stringset', 'stringsetq'),
  bool: () => ({ kind: 'column', type: { type: 'bool' } }),
  int: readInt,
  decimal: (config) => {
    const scale = config.get('scale') ?? 0;
    return typeof scale === 'number' ? { kind: 'column', type: { type: 'decimal', scale } } : 'Scale is a number';
  },
  signedIntBoolKey: () => ({ kind: 'column', type: { type: 'idset' }, readAs: { signed: true } }),
  timestamp: (config) => {
    const readAs = readTimeConfig(config);
    if (typeof readAs === 'string') return readAs;
    const unit = (config.get('granularity') || 's') as TimeUnit;
    return { kind: 'column', type: { type: 'timestamp', unit }, readAs };
  },
  dateInt: (config) => {
    const readAs = readDateIntConfig(config);
    return typeof readAs === 'string' ? readAs : { kind: 'column', type: { type: 'int' }, readAs };
  },
  recordTime: (config) => {
    const readAs = readTimeConfig(config);
    return typeof readAs === 'string' ? readAs : { kind: 'recordTime', readAs };
  },
};

function oneValue(
  config: FieldConfig,
  mutexType: 'id' | 'string',
  setType: 'idset' | 'stringset',
  quantumType: 'idsetq' | 'stringsetq',
): FieldType | string {
  const mutex = config.get('mutex') ?? false;
  if (typeof mutex !== 'boolean') return 'Mutex is true or false';
  if (mutex && config.get('quantum')) return 'Mutex and Quantum exclude each other: a time view needs a set';
  const type = setOf(config, setType, quantumType);
  if (mutex && typeof type !== 'string') return { kind: 'column', type: { type: mutexType } };
  return typeof type === 'string' ? type : { kind: 'column', type, readAs: { oneMember: true } };
}

function members(
  config: FieldConfig,
  setType: 'idset' | 'stringset',
  quantumType: 'idsetq' | 'stringsetq',
): FieldType | string {
  const type = setOf(config, setType, quantumType);
  return typeof type === 'string' ? type : { kind: 'column', type };
}

function setOf(
  config: FieldConfig,
  setType: 'idset' | 'stringset',
  quantumType: 'idsetq' | 'stringsetq',
): ColumnType | string {
  const quantum = config.get('quantum') ?? '';
  const ttl = config.get('ttl') ?? '';
  if (typeof quantum !== 'string') return 'Quantum is a part of YMDH';
  if (typeof ttl !== 'string' || (ttl !== '' && parseGoDuration(ttl) === undefined))
    return `TTL is a duration like 24h or 90m, not ${shown(ttl)}`;
  if (quantum === '') return { type: setType };
  const type = { type: quantumType, quantum: quantum.toUpperCase() as Quantum };
  return ttl === '' ? type : { ...type, ttl };
}

function readInt(config: FieldConfig): FieldType | string {
  if (config.get('foreignindex'))
    return "ForeignIndex is not supported: values would be keys of another table, and this column's numbers would name nothing";
  const bounds: { min?: string; max?: string } = {};
  for (const name of ['min', 'max'] as const) {
    if (!config.has(name)) continue;
    const text = wholeNumberText(config.get(name));
    if (text === undefined) return `${name === 'min' ? 'Min' : 'Max'} is a whole number of 64 bits`;
    bounds[name] = text;
  }
  return { kind: 'column', type: { type: 'int', ...bounds } };
}
