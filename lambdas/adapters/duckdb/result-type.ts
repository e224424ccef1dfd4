import { isDeepStrictEqual } from 'node:util';
import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import type { ColumnType, TimeUnit } from '../../domain/column-type.ts';
import type { QueryTable, ResultType } from '../../ports/query-engine.ts';
import { sqlTypeOf } from './segment-format.ts';

const wholeNumbers: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
]);

const timestampUnits: ReadonlyMap<DuckDBTypeId, TimeUnit> = new Map([
  [DuckDBTypeId.TIMESTAMP_S, 's'],
  [DuckDBTypeId.TIMESTAMP_MS, 'ms'],
  [DuckDBTypeId.TIMESTAMP, 'us'],
  [DuckDBTypeId.TIMESTAMP_TZ, 'us'],
  [DuckDBTypeId.TIMESTAMP_NS, 'ns'],
]);

/** The type of an answer's column, from DuckDB's. */
export function resultType(type: DuckDBType): ResultType {
  const { typeId } = type;
  const unit = timestampUnits.get(typeId);
  if (unit !== undefined) return { type: 'timestamp', unit };
  if (wholeNumbers.has(typeId)) return { type: 'int' };
  switch (typeId) {
    case DuckDBTypeId.UBIGINT:
      return { type: 'id' };
    case DuckDBTypeId.BOOLEAN:
      return { type: 'bool' };
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.ENUM:
      return { type: 'string' };
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return { type: 'float' };
    case DuckDBTypeId.DECIMAL:
      return 'scale' in type ? { type: 'decimal', scale: type.scale } : { type: 'other' };
    case DuckDBTypeId.LIST:
      return 'valueType' in type ? listType(type.valueType.typeId) : { type: 'other' };
    default:
      return { type: 'other' };
  }
}

function listType(member: DuckDBTypeId): ResultType {
  if (member === DuckDBTypeId.VARCHAR) return { type: 'stringset' };
  return { type: member === DuckDBTypeId.UBIGINT || wholeNumbers.has(member) ? 'idset' : 'other' };
}

/**
 * DuckDB has one type for ids and whole numbers, for seconds, milliseconds and microseconds, for sets with and without
 * time. A result column that keeps the name of a table's column, and values of its DuckDB type, is of the column's type,
 * where the tables that have a column of that name agree on it.
 */
export function keptTypes(tables: readonly QueryTable[]): (name: string, type: DuckDBType) => ColumnType | undefined {
  const types = new Map<string, ColumnType | undefined>();
  for (const { name, type } of tables.flatMap(columnsOf)) {
    const place = name.toLowerCase();
    const shown = typeOfValues(type);
    types.set(place, !types.has(place) || isDeepStrictEqual(types.get(place), shown) ? shown : undefined);
  }
  return (name, type) => {
    const column = types.get(name.toLowerCase());
    // Decimals need none of this, and their text differs by a blank.
    return column && sqlTypeOf(column) === type.toString() ? column : undefined;
  };
}

/** The columns of `select *`. */
function columnsOf({ shape }: QueryTable): readonly { readonly name: string; readonly type: ColumnType }[] {
  return [{ name: '_id', type: { type: shape.keyType } }, ...shape.columns];
}

/** What of a column's type its values have in an answer; limits, epoch and time to live are the table's. */
function typeOfValues(type: ColumnType): ColumnType {
  switch (type.type) {
    case 'decimal':
      return { type: 'decimal', scale: type.scale };
    case 'timestamp':
      return { type: 'timestamp', unit: type.unit };
    case 'idsetq':
    case 'stringsetq':
      return { type: type.type, quantum: type.quantum };
    default:
      return { type: type.type };
  }
}

/** Whether a type has a struct whose fields have no names, as `row(1, 2)`: JSON would keep one field of it. */
export function hasNamelessFields(type: DuckDBType): boolean {
  if ('entryNames' in type && type.entryNames.some((name) => name === '')) return true;
  const parts: readonly DuckDBType[] = [
    ...('valueType' in type ? [type.valueType] : []),
    ...('keyType' in type ? [type.keyType] : []),
    ...('entryTypes' in type ? type.entryTypes : []),
    ...('memberTypes' in type ? type.memberTypes : []),
  ];
  return parts.some(hasNamelessFields);
}
