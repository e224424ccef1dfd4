import {
  type DuckDBConnection,
  DuckDBDecimalValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { type ColumnType, normalInteger, type Scalar } from '../../domain/column-type.ts';
import type { ColumnId } from '../../domain/ids.ts';
import type { SegmentRanges } from '../../domain/segment.ts';
import { type ColumnRange, rangeBetween, rangedColumnsMax } from '../../domain/segment-ranges.ts';
import type { Column, KeyType } from '../../domain/table.ts';
import { isSetColumn, valuesOf } from './segment-format.ts';

/** Microseconds in the units of columns that DuckDB keeps as TIMESTAMP. */
const microsPer = { s: 1_000_000n, ms: 1_000n, us: 1n } as const;

/**
 * Ranges of the table `merged`; undefined when that of its keys can't be told in few characters.
 * @param columns those that have cells
 */
export async function mergedRanges(
  connection: DuckDBConnection,
  keyType: KeyType,
  columns: readonly Column[],
): Promise<SegmentRanges | undefined> {
  const ranged = columns.filter((column) => !isSetColumn(column)).slice(0, rangedColumnsMax);
  const values = ['key', ...ranged.map(({ id }) => valuesOf(id))];
  const ends = values.flatMap((value) => [`min(${value})`, `max(${value})`]);
  const [found = []] = (await connection.runAndReadAll(`SELECT ${ends.join(', ')} FROM merged`)).getRows();
  const rangeAt = (i: number, type: ColumnType) => rangeOf(found[2 * i] ?? null, found[2 * i + 1] ?? null, type);
  const key = rangeAt(0, { type: keyType });
  if (key === undefined) return undefined;
  const ranges = ranged.flatMap(({ id, type }, i): [ColumnId, ColumnRange][] => {
    const range = rangeAt(i + 1, type);
    return range === undefined ? [] : [[id, range]];
  });
  return { key, columns: Object.fromEntries(ranges) };
}

function rangeOf(min: DuckDBValue, max: DuckDBValue, type: ColumnType): ColumnRange | undefined {
  return min === null || max === null ? [] : rangeBetween(scalarOf(min, type), scalarOf(max, type));
}

/** A value of a file as cells have it: counts for decimals and timestamps. */
function scalarOf(value: DuckDBValue, type: ColumnType): Scalar {
  if (typeof value === 'bigint') return normalInteger(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof DuckDBDecimalValue) return normalInteger(value.value);
  if (value instanceof DuckDBTimestampNanosecondsValue) return normalInteger(value.nanos);
  if (value instanceof DuckDBTimestampValue && type.type === 'timestamp' && type.unit !== 'ns')
    return normalInteger(value.micros / microsPer[type.unit]);
  throw new TypeError(`a column of type ${type.type} holds a value of another type`);
}
