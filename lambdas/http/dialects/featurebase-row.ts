import { formatRfc3339 } from '../../domain/coercion/rfc3339.ts';
import { instantOf } from '../../domain/coercion/timestamp-unit.ts';
import type { ColumnType, Integer, Member, Scalar } from '../../domain/column-type.ts';
import type { VisibleRow } from '../../domain/row.ts';
import type { Table } from '../../domain/table.ts';

/**
 * A row as JSON: `_id`, then its columns by name. Decimals have their column's scale, timestamps are RFC 3339 in UTC, and
 * whole numbers keep all digits (they are raw JSON, which `JSON.stringify` writes as it is).
 */
export function rowView(table: Pick<Table, 'columns'>, { key, values }: VisibleRow): object {
  const cells = table.columns.map(({ name, type }, i) => [name, cellView(values[i] ?? null, type)]);
  return { _id: exact(key), ...Object.fromEntries(cells) };
}

function cellView(value: VisibleRow['values'][number], type: ColumnType): unknown {
  if (value === null) return null;
  if (isMembers(value)) return value.map(exact);
  if (type.type === 'decimal') return JSON.rawJSON(decimalText(value as Integer, type.scale));
  if (type.type === 'timestamp') return formatRfc3339(instantOf(value as Integer, type.unit));
  return exact(value);
}

function exact(value: Scalar): unknown {
  return typeof value === 'bigint' ? JSON.rawJSON(value.toString()) : value;
}

/** 510 at scale 2 is `5.10`. */
function decimalText(scaled: Integer, scale: number): string {
  const digits = String(scaled < 0 ? -scaled : scaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = scale === 0 ? '' : `.${digits.slice(point)}`;
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, point)}${fraction}`;
}

/** `Array.isArray` does not narrow read-only arrays. */
function isMembers(value: Scalar | readonly Member[]): value is readonly Member[] {
  return Array.isArray(value);
}
