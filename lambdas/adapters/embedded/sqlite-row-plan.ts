import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { encodeSetCell } from '../../domain/merge/stored-cells.ts';
import { isSetCell } from '../../domain/merge.ts';
import type { Cell, RowKey, RowState } from '../../domain/row.ts';
import type { TableShape } from '../../domain/table.ts';
import { noStamp, type Stamp } from '../../domain/version.ts';
import type { MergeOutcome } from '../../ports/row-store.ts';
import type { LongestCell } from './sqlite-longest-cell.ts';
import { bindScalar, readRowState } from './sqlite-row-cells.ts';
import { makeRowLimit, type RowLimit } from './sqlite-row-limit.ts';
import type { RowSchema } from './sqlite-row-schema.ts';
import {
  mergeRecordSql,
  mergeStateSql,
  replaceRecordSql,
  type StoredColumn,
  selectSql,
} from './sqlite-row-statements.ts';

/** Columns in all statements kept for different sets of written columns; rows of further sets take the general one. */
const preparedColumnsMax = 2_000;

/** How rows of one shape are written to and read from one file: statements prepared on first use. */
export interface RowPlan {
  /** The file has every column of the shape, and keys of its type. Only then may `merge` be called. */
  readonly complete: boolean;
  /** Joins one state into the file, unless that would make its row too large. */
  merge(row: RowState): MergeOutcome;
  get(key: RowKey): RowState | undefined;
  /** At most `limit` states in order of key, from the start or after a key. */
  read(after: RowKey | undefined, limit: number): RowState[];
}

/** How the rows of a file are held to the limit. */
export interface RowBounds {
  readonly longest: LongestCell;
  readonly bytesMax: number;
}

export function makeRowPlan(
  database: DatabaseSync,
  table: TableShape,
  schema: RowSchema,
  { longest, bytesMax }: RowBounds,
): RowPlan {
  const byId = new Map(schema.columns.map((column) => [column.id, column]));
  const found = table.columns.map(({ id }) => byId.get(id));
  const present = found.filter((column) => column !== undefined);
  const reading = new Map<string, StatementSync>();
  const select = (which: 'byKey' | 'first' | 'next'): StatementSync =>
    kept(reading, which, () => database.prepare(selectSql(present, which), { readBigInts: true, returnArrays: true }));
  const stateOf = (row: unknown) => readRowState(row as SQLOutputValue[], table.columns, found);
  const get = (key: RowKey) => {
    const row = select('byKey').get(key);
    return row && stateOf(row);
  };
  const limit = makeRowLimit(database, table, present, longest, bytesMax, get);
  return {
    complete: present.length === found.length && schema.keyType === table.keyType,
    merge: makeMerge(database, present, schema.columns, limit),
    get,
    read(after, limit) {
      const rows = after === undefined ? select('first').all(limit) : select('next').all(limit, after);
      return rows.map(stateOf);
    },
  };
}

/** The statement for rows that have cells for exactly these columns, all of the row's own stamp. */
interface RecordStatement {
  readonly writes: readonly boolean[];
  readonly merge: StatementSync;
  /** Tried first where it may do. */
  readonly replace?: StatementSync;
}

function makeMerge(
  database: DatabaseSync,
  columns: readonly StoredColumn[],
  stored: readonly StoredColumn[],
  limit: RowLimit,
) {
  const records = new Map<string, RecordStatement>();
  let last: RecordStatement | undefined;
  let general: StatementSync | undefined;

  function recordStatement(row: RowState): RecordStatement | undefined {
    if (last?.writes.every((written, i) => written === (row.cells[i] !== undefined))) return last;
    const writes = columns.map((_, i) => row.cells[i] !== undefined);
    const name = writes.map(Number).join('');
    if (!records.has(name) && records.size * stored.length >= preparedColumnsMax) return undefined;
    last = kept(records, name, () => {
      const written = columns.filter((_, i) => writes[i]);
      const merge = database.prepare(mergeRecordSql(written, stored));
      const isWhole = written.length === stored.length && !stored.some(({ isSet }) => isSet);
      return isWhole ? { writes, merge, replace: database.prepare(replaceRecordSql(written)) } : { writes, merge };
    });
    return last;
  }

  return (row: RowState): MergeOutcome => {
    const record = isOneStamp(row) ? recordStatement(row) : undefined;
    const bound = record ? bindRecord(row, columns) : bindState(row, columns);
    if (limit.isPassedBy(row, bound)) return 'too_large';
    if (record?.replace && changes(record.replace, bound)) return 'changed';
    if (!record) general ??= database.prepare(mergeStateSql(columns, stored));
    return changes(record?.merge ?? general!, bound) ? 'changed' : 'unchanged';
  };
}

function changes(statement: StatementSync, bound: readonly SQLInputValue[]): boolean {
  return statement.run(...bound).changes !== 0;
}

/** Whether every stamp of a row is its `exists`: what one record says, and several of one batch never do. */
function isOneStamp({ exists, tombstone, cells }: RowState): boolean {
  if (exists === noStamp || tombstone !== noStamp) return false;
  for (const cell of cells) {
    if (cell !== undefined && !isCellOfStamp(cell, exists)) return false;
  }
  return true;
}

function isCellOfStamp(cell: Cell, stamp: Stamp): boolean {
  if (!isSetCell(cell)) return cell.stamp === stamp;
  if (cell.cleared !== noStamp && cell.cleared !== stamp) return false;
  if (cell.touched !== noStamp && cell.touched !== stamp) return false;
  for (const op of cell.members.values()) if (op.stamp !== stamp) return false;
  return true;
}

function bindRecord(row: RowState, columns: readonly StoredColumn[]): SQLInputValue[] {
  const bound: SQLInputValue[] = [row.key, row.exists];
  for (let i = 0; i < columns.length; i++) {
    const cell = row.cells[i];
    if (cell !== undefined) bound.push(isSetCell(cell) ? encodeSetCell(cell) : bindScalar(cell.value));
  }
  return bound;
}

function bindState(row: RowState, columns: readonly StoredColumn[]): SQLInputValue[] {
  const bound: SQLInputValue[] = [row.key, row.exists, row.tombstone];
  for (let i = 0; i < columns.length; i++) {
    const cell = row.cells[i];
    if (columns[i]!.isSet) bound.push(cell && isSetCell(cell) ? encodeSetCell(cell) : '');
    else if (cell === undefined || isSetCell(cell)) bound.push(null, noStamp);
    else bound.push(bindScalar(cell.value), cell.stamp === row.exists ? null : cell.stamp);
  }
  return bound;
}

function kept<T>(map: Map<string, T>, name: string, make: () => T): T {
  const found = map.get(name);
  if (found !== undefined) return found;
  const made = make();
  map.set(name, made);
  return made;
}
