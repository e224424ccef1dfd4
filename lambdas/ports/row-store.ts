import type { TableId } from '../domain/ids.ts';
import type { RowKey, RowState } from '../domain/row.ts';
import type { TableShape } from '../domain/table.ts';

/**
 * What a merge did to one row: `too_large`: the join would have passed `rowBytesMax` and is larger than what was stored,
 * so the row kept the state that it had.
 */
export type MergeOutcome = 'changed' | 'unchanged' | 'too_large';

/** No store can be made for a table, now or later. The message is for users: it names no account and no resource. */
export class RowStoreRefused extends Error {
  override readonly name = 'RowStoreRefused';
}

/** Rows were not merged for want of capacity or of answers: the same merge may be done a while later. */
export class RowStoreBusy extends Error {
  override readonly name = 'RowStoreBusy';
}

/** Rows by key, one physical store per table. Every write is a join by the merge rule (`domain/merge.ts`). */
export interface RowStore {
  /**
   * Starts making the store of a table; again is harmless.
   * @throws RowStoreRefused when that is of no use; any other error may pass, and the caller may try again
   */
  create(table: TableShape): Promise<void>;
  status(tableId: TableId): Promise<'absent' | 'creating' | 'active'>;
  /** Removes the store with all rows; absent is harmless. */
  drop(tableId: TableId): Promise<void>;
  /**
   * Joins `rows` (unique by key) into the store; durable when the promise resolves. Columns of `table` that the store
   * has not seen come to be; cells of columns it has seen and `table` lacks stay as they are, unseen. When it rejects,
   * some of the rows may have been joined; joining them again changes nothing. Every store holds rows to the same limit,
   * as `growsTooLarge` says of the columns of `table`; whether a row is taken depends on the order of merges then.
   * @returns what became of each row
   */
  merge(table: TableShape, rows: readonly RowState[]): Promise<readonly MergeOutcome[]>;
  /** States in the order of `keys`; undefined where nothing was ever written. */
  get(table: TableShape, keys: readonly RowKey[]): Promise<readonly (RowState | undefined)[]>;
  /** All states, tombstones included, in no promised order. */
  scan(table: TableShape): AsyncIterable<RowState>;
}
