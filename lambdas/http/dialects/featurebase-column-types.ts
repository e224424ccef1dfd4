import { columnTypeProblem } from '../../domain/coercion/column-type-rules.ts';
import { wholeNumberText } from '../../domain/coercion/whole-number-text.ts';
import type { ColumnType, Quantum, TimeUnit } from '../../domain/column-type.ts';
import { Problem } from '../../domain/problem.ts';

/**
 * Column options of FeatureBase's table API and the types that they mean. The cloud's own screens send the engine's
 * field types (`mutex` with `keys` is STRING); the names of the SQL types are taken as well, because users know those.
 */
export type ColumnOptions = Readonly<Record<string, unknown>>;

type Plain = 'id' | 'idset' | 'string' | 'stringset';
const unkeyed: Readonly<Record<string, Plain | 'idsetq'>> = { mutex: 'id', set: 'idset', time: 'idsetq' };
const keyed: Readonly<Record<string, Plain | 'stringsetq'>> = { mutex: 'string', set: 'stringset', time: 'stringsetq' };
const names: readonly string[] = [
  'id',
  'idset',
  'string',
  'stringset',
  'bool',
  'idsetq',
  'stringsetq',
  'int',
  'decimal',
  'timestamp',
];
const keyedTypes: readonly string[] = Object.values(keyed);

/** Options that tune the original's storage and mean nothing here: taken and forgotten. */
const withoutEffect: readonly string[] = ['cacheType', 'cacheSize', 'base', 'bitDepth'];
/** Options that a type takes besides `type`. */
const optionsOf: Readonly<Record<ColumnType['type'], readonly string[]>> = {
  id: ['keys'],
  string: ['keys'],
  idset: ['keys'],
  stringset: ['keys'],
  bool: [],
  idsetq: ['keys', 'timeQuantum', 'ttl', 'noStandardView'],
  stringsetq: ['keys', 'timeQuantum', 'ttl', 'noStandardView'],
  int: ['min', 'max', 'foreignIndex'],
  decimal: ['scale'],
  timestamp: ['timeUnit', 'epoch'],
};

/**
 * The column type that options mean.
 * @param place what the options are of, as a message begins: `Column 'price'`
 * @throws Problem `missing_parameter` without a type, else `invalid_parameter`
 */
export function readColumnOptions(options: unknown, place: string): ColumnType {
  const type = typeOrFault(options);
  if (typeof type !== 'string') return type;
  const kind = isObject(options) && !('type' in options) ? 'missing_parameter' : 'invalid_parameter';
  throw new Problem(kind, `${place}: ${type}.`, { parameter: 'options' });
}

/** The type, or what is wrong, as the end of a sentence. */
function typeOrFault(options: unknown): ColumnType | string {
  if (!isObject(options)) return 'the options of a column are an object like {"type":"int"}';
  const name = typeName(options);
  if (typeof name !== 'object') return name;
  const stray = Object.keys(options).find(
    (option) =>
      option !== 'type' &&
      isGiven(options[option]) &&
      !withoutEffect.includes(option) &&
      !optionsOf[name.type].includes(option),
  );
  if (stray !== undefined) return `${stray} does not apply to a column of type ${name.type}`;
  const type = withOptions(name.type, options);
  return typeof type === 'string' ? type : (columnTypeProblem(type) ?? type);
}

/** The options that `readColumnOptions` reads back as this type, in the form that the cloud's screens send. */
export function columnOptionsOf(type: ColumnType): ColumnOptions {
  switch (type.type) {
    case 'id':
      return { type: 'mutex', keys: false };
    case 'string':
      return { type: 'mutex', keys: true };
    case 'idset':
      return { type: 'set', keys: false };
    case 'stringset':
      return { type: 'set', keys: true };
    case 'idsetq':
    case 'stringsetq':
      return {
        type: 'time',
        keys: type.type === 'stringsetq',
        timeQuantum: type.quantum,
        ...optional('ttl', type.ttl),
        ...optional('noStandardView', type.noStandardView),
      };
    case 'int':
      return { type: 'int', ...optional('min', jsonInteger(type.min)), ...optional('max', jsonInteger(type.max)) };
    case 'decimal':
      return { type: 'decimal', scale: type.scale };
    case 'timestamp':
      return { type: 'timestamp', timeUnit: type.unit, ...optional('epoch', type.epoch) };
    case 'bool':
      return { type: 'bool' };
  }
}

function typeName(given: ColumnOptions): { type: ColumnType['type'] } | string {
  const { type, keys } = given;
  if (keys !== undefined && keys !== null && typeof keys !== 'boolean') return 'keys is true or false';
  if (typeof type !== 'string') return `type is one of ${names.join(', ')}, or mutex, set or time`;
  const lower = type.toLowerCase();
  const engineTypes = keys === true ? keyed : unkeyed;
  const name = Object.hasOwn(engineTypes, lower) ? engineTypes[lower] : lower;
  if (name === undefined || !names.includes(name))
    return `unknown type '${type.slice(0, 40)}': it is one of ${names.join(', ')}, or mutex, set or time`;
  if (typeof keys === 'boolean' && keys !== keyedTypes.includes(name)) return `keys: ${keys} contradicts type ${name}`;
  return { type: name as ColumnType['type'] };
}

function withOptions(type: ColumnType['type'], given: ColumnOptions): ColumnType | string {
  switch (type) {
    case 'int': {
      if (isGiven(given['foreignIndex']) && given['foreignIndex'] !== '') return 'foreignIndex is not supported';
      const min = integerOption(given, 'min');
      const max = integerOption(given, 'max');
      if (min === null) return 'min is a whole number of 64 bits';
      if (max === null) return 'max is a whole number of 64 bits';
      return { type, ...optional('min', min), ...optional('max', max) };
    }
    case 'decimal': {
      const { scale } = given;
      return typeof scale === 'number' ? { type, scale } : 'a decimal column wants a scale, the digits after its point';
    }
    case 'timestamp': {
      const unit = given['timeUnit'] ?? 's';
      const epoch = given['epoch'] ?? undefined;
      if (typeof unit !== 'string') return 'timeUnit is s, ms, us or ns';
      if (epoch !== undefined && typeof epoch !== 'string') return 'epoch is a time like 1970-01-01T00:00:00Z';
      return { type, unit: unit as TimeUnit, ...optional('epoch', epoch) };
    }
    case 'idsetq':
    case 'stringsetq': {
      const { timeQuantum, ttl, noStandardView } = given;
      if (isGiven(noStandardView) && typeof noStandardView !== 'boolean') return 'noStandardView is true or false';
      if (typeof timeQuantum !== 'string') return 'a time column wants a timeQuantum like YMD';
      if (isGiven(ttl) && typeof ttl !== 'string') return 'ttl is a duration like 24h';
      return {
        type,
        quantum: timeQuantum.toUpperCase() as Quantum,
        ...optional('ttl', (ttl as string | null) ?? undefined),
        ...optional('noStandardView', noStandardView === true ? (true as const) : undefined),
      };
    }
    default:
      return { type };
  }
}

function integerOption(given: ColumnOptions, name: string): string | undefined | null {
  const value = given[name];
  return isGiven(value) ? (wholeNumberText(value) ?? null) : undefined;
}

function isObject(value: unknown): value is ColumnOptions {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function optional<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]?: V });
}

/** A number where JSON carries it exactly, else the digits as text. */
function jsonInteger(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined;
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
