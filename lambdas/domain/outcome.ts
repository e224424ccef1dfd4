import type { Member, Scalar } from './column-type.ts';
import type { ReasonCode } from './reasons.ts';
import type { RowKey } from './row.ts';
import type { ProducerVersion } from './version.ts';

/** Members that a record takes out of a set column, and nothing else (/v1 `signedIntBoolKey`). */
export interface Removal {
  readonly removed: readonly Member[];
}

/** The value a record gives to one mapped column. undefined: not sent, the cell is left alone. null: clears. */
export type MappedValue = Scalar | readonly Member[] | Removal | null | undefined;

/** A record after mapping. `values` stands in the order of the mapping's items. */
export interface MappedRow {
  readonly kind: 'row';
  readonly op: 'put' | 'delete';
  readonly key: RowKey;
  readonly values: readonly MappedValue[];
  /** Milliseconds since 1970 of the record's `_timeQuantum`, if it has one. */
  readonly timeMs?: number;
  /** The record's own place in the order, in a table whose producers have a clock of their own. */
  readonly version?: ProducerVersion;
}

/** The record's data is wrong; nothing of it is stored. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly reason: ReasonCode;
  /** JSON pointer (RFC 6901) below the record's own root, e.g. `/value/sepalLength`. */
  readonly pointer: string;
  readonly column?: string;
  /** What came, shortened; never a whole value. */
  readonly got: string;
  readonly want: string;
  readonly message: string;
}

/** The sink was told to discard such records. */
export interface Drop {
  readonly kind: 'dropped';
  readonly reason: ReasonCode;
}

/** What becomes of a record at accept: exactly one of these. */
export type RecordOutcome = MappedRow | Rejection | Drop;
