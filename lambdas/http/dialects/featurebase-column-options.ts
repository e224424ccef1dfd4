import { columnTypeText } from '../../domain/coercion/column-type-rules.ts';
import type { ColumnType } from '../../domain/column-type.ts';
import { Problem } from '../../domain/problem.ts';
import type { Column, KeyType } from '../../domain/table.ts';
import { columnOptionsOf, readColumnOptions } from './featurebase-column-types.ts';

/** Names of options in the spelling of the column call; SQL's constraints (`MIN`, `TIMEUNIT`) are the same words. */
const optionNames = [
  'type',
  'keys',
  'min',
  'max',
  'scale',
  'timeUnit',
  'epoch',
  'timeQuantum',
  'ttl',
  'noStandardView',
];
const spellings = new Map(optionNames.map((name) => [name.toLowerCase(), name]));
/** An SQL type name, for decimals with the scale. */
const sqlTypeForm = /^([a-z]+)\s*(?:\(\s*(\d{1,3})\s*\))?$/;

export interface ColumnRequest {
  /** Name of an SQL type, in any case: `INT`, `DECIMAL(2)`, `STRINGSETQ`. */
  readonly type?: string | null;
  /** Options of the column call, in which `type` may stand too. */
  readonly options?: object | null;
}

/**
 * Reads the type of a column in either form: the name of an SQL type with options beside it, or the options that the
 * cloud's own screens send (`{"type":"mutex","keys":true}` is STRING).
 * @param place how the problem names the column
 * @throws Problem `invalid_parameter` or `missing_parameter`
 */
export function columnTypeOf({ type: outer, options }: ColumnRequest, place: string): ColumnType {
  const given = spelled(options ?? {});
  const inner = given['type'];
  const name = inner ?? outer;
  if (name === undefined || name === null)
    throw new Problem('missing_parameter', `${place} has no type: send {"options":{"type":"int"}}.`, {
      parameter: 'type',
    });
  const type = readColumnOptions({ ...given, ...sqlType(name) }, place);
  if (typeof inner === 'string' && typeof outer === 'string' && sqlType(outer)['type'] !== type.type)
    throw new Problem('invalid_parameter', `${place}: type is ${outer.slice(0, 40)}, and options say ${type.type}.`, {
      parameter: 'type',
    });
  return type;
}

/** A column as answers show it: its SQL type, and options that the column call takes back. */
export function columnView({ name, type }: Pick<Column, 'name' | 'type'>): object {
  return { name, type: columnTypeText(type).split(' ')[0], options: columnOptionsOf(type) };
}

/** The column that every table has. */
export function keyColumnView(keyType: KeyType): object {
  return { name: '_id', type: keyType, options: { keys: keyType === 'string' } };
}

function spelled(options: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [spellings.get(name.toLowerCase()) ?? name, value]),
  );
}

function sqlType(name: unknown): { type?: unknown; scale?: number } {
  const match = typeof name === 'string' ? sqlTypeForm.exec(name.trim().toLowerCase()) : null;
  if (!match) return { type: name };
  return match[2] === undefined ? { type: match[1] } : { type: match[1], scale: Number(match[2]) };
}
