import { columnTypeProblem } from '../../../domain/coercion/column-type-rules.ts';
import { shown } from '../../../domain/coercion/misfit.ts';
import { parseRfc3339 } from '../../../domain/coercion/rfc3339.ts';
import { wholeNumberText } from '../../../domain/coercion/whole-number-text.ts';
import type { ColumnType, Quantum, TimeUnit } from '../../../domain/column-type.ts';
import { Problem } from '../../../domain/problem.ts';
import type { ReadAs } from '../../../domain/sink.ts';

/**
 * What a field of a /v1 schema becomes: a column, or the one time that the record's quantum columns share
 * (FeatureBase ingester: `recordTime` is not stored).
 */
export type FieldType =
  | { readonly kind: 'column'; readonly type: ColumnType; readonly readAs?: ReadAs }
  | { readonly kind: 'recordTime' };

const units: readonly string[] = ['d', 'h', 'm', 's', 'ms', 'us', 'ns'];
const unixEpoch = '1970-01-01T00:00:00Z';
/** Go's names of RFC 3339 with and without fractions: the only layouts that clients of the cloud send. */
const layouts: readonly string[] = ['2006-01-02T15:04:05Z07:00', '2006-01-02T15:04:05.999999999Z07:00'];

/**
 * Reads `type` and `config` of one field of a /v1 schema. Types are case-sensitive, config keys are not, and unknown
 * config keys are ignored, as in the original's decoder. `id` and `string` without Mutex are set columns that take one
 * member a record (FeatureBase ingester: Mutex defaults to false).
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
  const options = readConfig(config);
  if (typeof options === 'string') return options;
  const read = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (type === undefined || type === null) return 'it has no type';
  if (!read) return `unsupported type ${shown(type)}: it is one of ${Object.keys(readers).join(', ')}`;
  const field = read(options);
  if (typeof field === 'string' || field.kind === 'recordTime') return field;
  return columnTypeProblem(field.type) ?? field;
}

type Config = ReadonlyMap<string, unknown>;

const readers: Readonly<Record<string, (config: Config) => FieldType | string>> = {
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
  timestamp: (config) => {
    const readAs = readTime(config);
    if (typeof readAs === 'string') return readAs;
    const unit = (config.get('granularity') || 's') as TimeUnit;
    return { kind: 'column', type: { type: 'timestamp', unit }, ...readAs };
  },
  recordTime: (config) => {
    const time = readTime(config);
    if (typeof time === 'string') return time;
    const { unit = 's', epoch = unixEpoch } = time.readAs ?? {};
    if (['d', 'h', 'm'].includes(unit) || parseRfc3339(epoch)?.seconds !== 0)
      return 'a recordTime is RFC 3339 text or a count of s, ms, us or ns since 1970; other Units and Epochs are not supported';
    return { kind: 'recordTime' };
  },
};

function readConfig(config: unknown): Config | string {
  if (config === undefined || config === null) return new Map();
  if (typeof config !== 'object' || Array.isArray(config)) return 'config is an object';
  return new Map(
    Object.entries(config)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key.toLowerCase(), value]),
  );
}

function oneValue(
  config: Config,
  mutexType: 'id' | 'string',
  setType: 'idset' | 'stringset',
  quantumType: 'idsetq' | 'stringsetq',
): FieldType | string {
  const mutex = config.get('mutex') ?? false;
  if (typeof mutex !== 'boolean') return 'Mutex is true or false';
  if (mutex && config.get('quantum')) return 'Mutex and Quantum exclude each other: a time view needs a set';
  if (mutex) return { kind: 'column', type: { type: mutexType } };
  const type = setOf(config, setType, quantumType);
  return typeof type === 'string' ? type : { kind: 'column', type, readAs: { oneMember: true } };
}

function members(
  config: Config,
  setType: 'idset' | 'stringset',
  quantumType: 'idsetq' | 'stringsetq',
): FieldType | string {
  const type = setOf(config, setType, quantumType);
  return typeof type === 'string' ? type : { kind: 'column', type };
}

function setOf(
  config: Config,
  setType: 'idset' | 'stringset',
  quantumType: 'idsetq' | 'stringsetq',
): ColumnType | string {
  const quantum = config.get('quantum') ?? '';
  const ttl = config.get('ttl') ?? '';
  if (typeof quantum !== 'string') return 'Quantum is a part of YMDH';
  if (typeof ttl !== 'string') return 'TTL is a duration like 24h';
  if (quantum === '') return { type: setType };
  const type = { type: quantumType, quantum: quantum.toUpperCase() as Quantum };
  return ttl === '' ? type : { ...type, ttl };
}

function readInt(config: Config): FieldType | string {
  // A foreign index translates values by another table's keys: without it they would mean something else.
  if (config.get('foreignindex')) return 'ForeignIndex is not supported';
  const bounds: { min?: string; max?: string } = {};
  for (const name of ['min', 'max'] as const) {
    if (!config.has(name)) continue;
    const text = wholeNumberText(config.get(name));
    if (text === undefined) return `${name === 'min' ? 'Min' : 'Max'} is a whole number of 64 bits`;
    bounds[name] = text;
  }
  return { kind: 'column', type: { type: 'int', ...bounds } };
}

/**
 * Epoch or Unit given: numbers are counts, of seconds unless Unit says otherwise. Neither: times are text alone, which
 * an empty `readAs` says (FeatureBase ingester).
 */
function readTime(config: Config): { readAs?: ReadAs } | string {
  const layout = config.get('layout') || layouts[0];
  const unit = config.get('unit') || undefined;
  const epoch = config.get('epoch') || undefined;
  if (!layouts.includes(layout as string)) return 'Layout other than RFC 3339 is not supported';
  if (unit !== undefined && !units.includes(unit as string)) return `Unit is one of ${units.join(', ')}`;
  if (epoch !== undefined && (typeof epoch !== 'string' || !parseRfc3339(epoch)))
    return 'Epoch is a time like 1970-01-01T00:00:00Z';
  if (unit === undefined && epoch === undefined) return { readAs: {} };
  return { readAs: { unit: (unit ?? 's') as NonNullable<ReadAs['unit']>, ...(epoch === undefined ? {} : { epoch }) } };
}
