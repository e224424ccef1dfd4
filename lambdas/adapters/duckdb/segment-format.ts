import { type ColumnType, isSetType } from '../../domain/column-type.ts';
import type { ColumnId } from '../../domain/ids.ts';
import { quoteIdentifier } from '../../domain/naming/quote-identifier.ts';
import type { Column, KeyType } from '../../domain/table.ts';

/**
 * Columns of a segment's `rows.parquet`, sorted and unique by `key`:
 *
 *   key, exists_at, deleted_at   the row: its key, newest put and newest delete (stamps; null for none)
 *   gone                         true when the row does not exist, as far as this file knows
 *   c1                           a column's values, by column id: natural types, so that other engines can read the file
 *   s_c1                         scalars of place `cell`: the stamp; null for no cell
 *   t_c1, x_c1, o_c1             sets: newest write that was not null, newest null, and the last operation on each member
 *
 * What a tombstone or a null has beaten is left out, as the merge rule forgets it. So a file alone is read without stamps:
 * its values where `not gone`. A set whose members were all added by the row's newest put (the usual one) has nulls in
 * t_, x_ and o_; `operationsOf` reads both forms.
 */
export const segmentFileOptions = 'FORMAT parquet, CODEC zstd, PARQUET_VERSION V2';

/**
 * Files of fewer rows keep a stamp with every cell. So small ones, which differ in the fields that a few records happened
 * to have, are all of one layout: what a query has to plan grows with the layouts it meets.
 */
export const rowPlaceRowsMin = 2_048;

/** Digits of a decimal column that fit 64 bits whatever they are. */
const narrowDigits = 18;
/** Digits of the widest 64-bit integer. */
const wideDigits = 19;
/** Scaled decimals from here on need `wideDigits`. */
export const wideDecimalMin = 10n ** BigInt(narrowDigits);

/** Quoted names of what a column has in the file. */
export const valuesOf = (id: ColumnId) => quoteIdentifier(id);
export const stampOf = (id: ColumnId) => quoteIdentifier(`s_${id}`);
export const touchedOf = (id: ColumnId) => quoteIdentifier(`t_${id}`);
export const clearedOf = (id: ColumnId) => quoteIdentifier(`x_${id}`);
export const opsOf = (id: ColumnId) => quoteIdentifier(`o_${id}`);

/** DuckDB type of a table's key. */
export function keySqlType(keyType: KeyType): string {
  return keyType === 'id' ? 'BIGINT' : 'VARCHAR';
}

/**
 * DuckDB type of a column's values, in files and in views. Seconds, milliseconds and microseconds are all TIMESTAMP (of
 * microseconds): it holds the years 1 to 9999, and every engine's time functions take it.
 * @param wide a decimal that may have 19 digits; such columns cost more than twice the time of one with 18
 */
export function sqlTypeOf(type: ColumnType, wide = false): string {
  switch (type.type) {
    case 'id':
    case 'int':
      return 'BIGINT';
    case 'decimal':
      return `DECIMAL(${wide ? wideDigits : narrowDigits}, ${type.scale})`;
    case 'timestamp':
      return type.unit === 'ns' ? 'TIMESTAMP_NS' : 'TIMESTAMP';
    case 'string':
      return 'VARCHAR';
    case 'bool':
      return 'BOOLEAN';
    default:
      return `${memberSqlType(type)}[]`;
  }
}

/** DuckDB type of a set column's members. */
export function memberSqlType({ type }: ColumnType): string {
  return type === 'idset' || type === 'idsetq' ? 'BIGINT' : 'VARCHAR';
}

/**
 * DuckDB type of a set column's operations: member, bucket, stamp, removed. In the order of these fields the last
 * operation on a member is the one that counts, ties included: on equal stamps a remove beats an add.
 */
export function opsSqlType(type: ColumnType): string {
  return `STRUCT(m ${memberSqlType(type)}, b VARCHAR, s VARCHAR, r BOOLEAN)[]`;
}

export function isSetColumn({ type }: Column): boolean {
  return isSetType(type.type);
}

/** DuckDB expression: the operations of a set's cell in either of its forms; null when it has none. */
export function operationsOf(id: ColumnId): string {
  const added = `list_transform(${valuesOf(id)}, lambda m: {m: m, b: NULL::VARCHAR, s: exists_at, r: false})`;
  return `CASE WHEN ${isPlainAdd(id)} THEN ${added} ELSE ${opsOf(id)} END`;
}

/** DuckDB expression: the newest write to a set's cell that was not null; null when there is none. */
export function touchedAt(id: ColumnId): string {
  return `CASE WHEN ${isPlainAdd(id)} THEN exists_at ELSE ${touchedOf(id)} END`;
}

/** The short form: only members, all of them added by the row's newest put. */
function isPlainAdd(id: ColumnId): string {
  return `${touchedOf(id)} IS NULL AND ${valuesOf(id)} IS NOT NULL`;
}
