import {
  DuckDBArrayValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBUnionValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { formatRfc3339 } from '../../domain/coercion/rfc3339.ts';
import { instantOf } from '../../domain/coercion/timestamp-unit.ts';
import { normalInteger, type TimeUnit } from '../../domain/column-type.ts';
import { integerMax, integerMin } from '../../domain/limits.ts';
import type { ResultValue } from '../../ports/query-engine.ts';

/** Seconds of 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z: what RFC 3339 can say. */
const firstSecond = -62_135_596_800;
const lastSecond = 253_402_300_799;

/**
 * A cell of an answer. What JSON has no form for becomes text as DuckDB writes it: whole numbers beyond 64 bits, NaN and
 * infinities, dates, times, intervals, blobs.
 */
export function resultValue(value: DuckDBValue): ResultValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return value >= integerMin && value <= integerMax ? normalInteger(value) : String(value);
    default:
      return value === null ? null : (timestampText(value) ?? nestedValue(value));
  }
}

function nestedValue(value: Exclude<DuckDBValue, null>): ResultValue {
  if (value instanceof DuckDBDecimalValue) return value.toString();
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(resultValue);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, field]) => [name, resultValue(field)]));
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map((entry) => ({ key: resultValue(entry.key), value: resultValue(entry.value) }));
  }
  return value instanceof DuckDBUnionValue ? resultValue(value.value) : String(value);
}

function timestampText(value: Exclude<DuckDBValue, null>): string | undefined {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return rfc3339(value, value.micros, 'us');
  if (value instanceof DuckDBTimestampSecondsValue) return rfc3339(value, value.seconds, 's');
  if (value instanceof DuckDBTimestampMillisecondsValue) return rfc3339(value, value.millis, 'ms');
  return value instanceof DuckDBTimestampNanosecondsValue ? rfc3339(value, value.nanos, 'ns') : undefined;
}

/** RFC 3339 in UTC; DuckDB's own text for infinity and for years that RFC 3339 has no form for. */
function rfc3339(value: object, count: bigint, unit: TimeUnit): string {
  const instant = instantOf(normalInteger(count), unit);
  return instant.seconds >= firstSecond && instant.seconds <= lastSecond ? formatRfc3339(instant) : String(value);
}
