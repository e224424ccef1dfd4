import type { Integer, Member, Scalar } from './column-type.ts';
import type { Stamp } from './version.ts';

/** Name of a row within its table: a whole number from 0 (id tables) or text. */
export type RowKey = Integer | string;

/** A cell that holds one value; the one with the highest stamp counts, null included. */
export interface ScalarCell {
  readonly stamp: Stamp;
  readonly value: Scalar | null;
}

/** Last operation on one member, or on one (member, time bucket) of a quantum column. */
export interface MemberOp {
  readonly member: Member;
  /** Bucket at the column's finest quantum, e.g. `2022-08-09T02` for an hour; absent for the standard view. */
  readonly bucket?: string;
  readonly stamp: Stamp;
  readonly present: boolean;
}

/**
 * A cell that holds members. It is null until `touched` (newest write that was not null) is later than `cleared`
 * (newest null); a member shows when its last operation is an add later than `cleared` and than the row's tombstone.
 */
export interface SetCell {
  readonly cleared: Stamp;
  readonly touched: Stamp;
  /** By `memberKey(member, bucket)`. */
  readonly members: ReadonlyMap<string, MemberOp>;
}

export type Cell = ScalarCell | SetCell;

/**
 * Everything that is known of a row, or that one write says of it: both have this shape, and `mergeRows` joins any two.
 * `cells` stands in the order of a `TableShape`'s columns; undefined is a column never written.
 */
export interface RowState {
  readonly key: RowKey;
  /** Newest write that made the row exist; `noStamp` if none. */
  readonly exists: Stamp;
  /** Newest delete; beats all that is older. `noStamp` if none. */
  readonly tombstone: Stamp;
  readonly cells: readonly (Cell | undefined)[];
}

/** What a reader sees of a row: undefined when it does not exist. Sets come sorted; null is null. */
export interface VisibleRow {
  readonly key: RowKey;
  readonly values: readonly (Scalar | readonly Member[] | null)[];
}
