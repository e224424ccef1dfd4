import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import type { TimeUnit } from '../../domain/column-type.ts';
import type { ResultType } from '../../ports/query-engine.ts';

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
