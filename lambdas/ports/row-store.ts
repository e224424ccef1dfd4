import type { TableId } from '../domain/ids.ts';
import type { RowKey, RowState } from '../domain/row.ts';
import type { TableShape } from '../domain/table.ts';

/** Rows by key, one physical store per table. Every write is a join by the merge rule (`domain/merge.ts`). */
export interface RowStore {
  /** Starts making the store of a table; again is harmless. */
  create(table: TableShape): Promise<void>;
  status(tableId: TableId): Promise<'absent' | 'creating' | 'active'>;
  /** Removes the store with all rows; absent is harmless. */
  drop(tableId: TableId): Promise<void>;
  /**
   * Joins `rows` (unique by key) into the store; durable when the promise resolves. Columns of `table` that the store
   * has not seen come to be; cells of columns it has seen and `table` lacks stay as they are, unseen. When it rejects,
   * some of the rows may have been joined; joining them again changes nothing.
   * @returns for each row, whether any part of its stored state changed
   */
  merge(table: TableShape, rows: readonly RowState[]): Promise<readonly boolean[]>;
  /** States in the order of `keys`; undefined where nothing was ever written. */
  get(table: TableShape, keys: readonly RowKey[]): Promise<readonly (RowState | undefined)[]>;
  /** All states, tombstones included, in no promised order. */
  scan(table: TableShape): AsyncIterable<RowState>;
}
