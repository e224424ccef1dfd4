import { formatRfc3339, parseRfc3339 } from '../coercion/rfc3339.ts';
import { instantOf } from '../coercion/timestamp-unit.ts';
import { type ColumnType, normalInteger, type TimeUnit } from '../column-type.ts';
import { integerMax, integerMin } from '../limits.ts';
import { badStatement, excerpt } from './bad-statement.ts';
import { type ExactNumber, partsText, readNumber } from './exact-number.ts';
import type { Bind } from './parameters.ts';
import type { ColumnRef } from './queryable-table.ts';
import type { Literal } from './sql-tree.ts';

/** How values of an ordered column are counted, and how one count becomes a parameter of the engine's type. */
export interface ValueRange {
  /** Values are whole counts of 10^-scale (of the unit, for a timestamp). */
  readonly scale: number;
  readonly min: bigint;
  readonly max: bigint;
  /** SQL of a parameter of the engine's type. */
  parameter(parts: bigint, bind: Bind): string;
}

/** Digits that a nanosecond has behind one of each unit. */
export const nanosScale: Readonly<Record<TimeUnit, number>> = { s: 9, ms: 6, us: 3, ns: 0 };
/** Seconds of 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z. */
const firstSecond = -62_135_596_800n;
const lastSecond = 253_402_300_799n;
/** Largest sum that the engine's decimals hold, less one at the end of the negative ones. */
const sumMax = 10n ** 38n - 2n;
/** Characters of a number: no column holds half as many digits, and more would only cost time. */
const numberLengthMax = 100;

/** undefined for text, bool and sets, whose values are not counts. */
export function rangeOf({ type, wide }: Pick<ColumnRef, 'type' | 'wide'>): ValueRange | undefined {
  if (type.type === 'decimal') return wide ? decimalRange(type.scale, sumMax) : decimalRange(type.scale, integerMax);
  if (type.type === 'timestamp') return timestampRange(type.unit);
  if (type.type !== 'id' && type.type !== 'int') return undefined;
  if (wide) return decimalRange(0, sumMax);
  const parameter = (parts: bigint, bind: Bind) => `CAST(${bind(normalInteger(parts))} AS BIGINT)`;
  return { scale: 0, min: type.type === 'id' ? 0n : integerMin, max: integerMax, parameter };
}

/**
 * The count that a literal is for a column of this type, exactly; undefined when it is of another kind. Numbers compared
 * with a timestamp count its unit since 1970. Throws Problem for text that is no time.
 */
export function numberFor(type: ColumnType, literal: Literal): ExactNumber | undefined {
  if (literal.kind === 'number') {
    if (literal.text.length > numberLengthMax) throw badStatement(`value '${excerpt(literal.text)}' out of range`);
    return readNumber(literal.text);
  }
  if (type.type !== 'timestamp' || literal.kind !== 'text') return undefined;
  const instant = parseRfc3339(literal.text) ?? parseRfc3339(fullTime(literal.text));
  if (!instant) throw badStatement(`unable to convert '${excerpt(literal.text)}' to type 'timestamp'`);
  return { digits: BigInt(instant.seconds) * 1_000_000_000n + BigInt(instant.nanos), scale: nanosScale[type.unit] };
}

/** `2022-01-01`, `2022-01-01 10:00`, `2022-01-01T10:00:00`: without a zone, UTC (FeatureBase v1 SQL took these). */
function fullTime(text: string): string {
  const [, date, time = 'T00:00', seconds = ':00'] =
    /^(\d{4}-\d\d-\d\d)(?:([T ]\d\d:\d\d)(:\d\d(?:\.\d+)?)?)?$/.exec(text) ?? [];
  return date === undefined ? '' : `${date}${time.replace(' ', 'T')}${seconds}Z`;
}

/** The narrowest type that the engine has for the number, so that it need not widen the column to compare. */
function decimalRange(scale: number, max: bigint): ValueRange {
  return {
    scale,
    min: -max - 1n,
    max,
    parameter(parts, bind) {
      const width = Math.max(18, (parts < 0n ? -parts : parts).toString().length);
      return `CAST(${bind(partsText(parts, scale))} AS DECIMAL(${width}, ${scale}))`;
    },
  };
}

function timestampRange(unit: TimeUnit): ValueRange {
  const perSecond = 10n ** BigInt(9 - nanosScale[unit]);
  return {
    scale: 0,
    min: unit === 'ns' ? integerMin : firstSecond * perSecond,
    max: unit === 'ns' ? integerMax : (lastSecond + 1n) * perSecond - 1n,
    parameter(parts, bind) {
      const text = formatRfc3339(instantOf(normalInteger(parts), unit));
      return `CAST(${bind(text)} AS ${unit === 'ns' ? 'TIMESTAMP_NS' : 'TIMESTAMP'})`;
    },
  };
}
