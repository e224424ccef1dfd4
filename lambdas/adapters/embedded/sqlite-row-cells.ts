import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { normalInteger, type Scalar } from '../../domain/column-type.ts';
import { decodeSetCell, encodeSetCell } from '../../domain/merge/stored-cells.ts';
import { mergeCells, sameCell, survivingCell } from '../../domain/merge.ts';
import type { Cell, RowKey, RowState } from '../../domain/row.ts';
import type { Column } from '../../domain/table.ts';
import { noStamp, type Stamp } from '../../domain/version.ts';
import type { StoredColumn } from './sqlite-row-statements.ts';

/** A scalar as SQLite takes it: its numbers become whole by the column's affinity, booleans are 0 and 1. */
export function bindScalar(value: Scalar | null): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : value;
}

/**
 * A state from a row of `selectSql(stored, ...)` that was read with big integers.
 * @param stored the columns that were selected, by their place in `columns`; undefined where the file lacks a column
 */
export function readRowState(
  row: readonly SQLOutputValue[],
  columns: readonly Column[],
  stored: readonly (StoredColumn | undefined)[],
): RowState {
  const [key, exists, tombstone] = row as [bigint | string, Stamp, Stamp];
  let at = 3;
  const cells = columns.map(({ type }, i): Cell | undefined => {
    if (stored[i] === undefined) return undefined;
    if (stored[i].isSet) {
      const text = row[at++] as string;
      return text === '' ? undefined : decodeSetCell(text);
    }
    const value = row[at++] as bigint | string | null;
    const stamp = (row[at++] as Stamp | null) ?? exists;
    return stamp === noStamp ? undefined : { stamp, value: readScalar(value, type.type === 'bool') };
  });
  return { key: readKey(key), exists, tombstone, cells };
}

function readKey(key: bigint | string): RowKey {
  return typeof key === 'bigint' ? normalInteger(key) : key;
}

function readScalar(value: bigint | string | null, isBool: boolean): Scalar | null {
  if (typeof value !== 'bigint') return value;
  return isBool ? value !== 0n : normalInteger(value);
}

/**
 * The merge rule on stored set cells, called by SQL. An empty text is no cell. The stored text comes back as it is when
 * nothing changed, so that SQL can tell by comparing.
 */
export function mergeStoredMembers(stored: string, incoming: string, tombstone: Stamp): string {
  const before = stored === '' ? undefined : decodeSetCell(stored);
  const write = incoming === '' ? undefined : decodeSetCell(incoming);
  const after = survivingCell(mergeCells(before, write), tombstone);
  if (sameCell(before, after)) return stored;
  return after === undefined || !('members' in after) ? '' : encodeSetCell(after);
}
