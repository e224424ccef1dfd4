import type { ColumnType } from '../domain/column-type.ts';
import type { OldestBuckets } from '../domain/merge/time-quantum.ts';
import type { Segment } from '../domain/segment.ts';
import type { TableShape } from '../domain/table.ts';

/** A table as one query sees it: a consistent set of segments, merged on read by the merge rule. */
export interface QueryTable {
  /** The name that statements use. */
  readonly name: string;
  readonly shape: TableShape;
  readonly segments: readonly Segment[];
  /** Time views that count at the time of the query; all, unless given. */
  readonly oldestBuckets?: OldestBuckets;
}

/**
 * What to run. `select`: a SELECT in DuckDB's dialect as a user wrote it; the engine parses it, refuses all that is not
 * a SELECT over `tables` and known functions, and runs the rewritten tree. With `setEquals: 'contains'`, `=`, `<>` and
 * IN of a set column and a value mean membership, as FeatureBase has it. `compiled`: a SELECT that our own grammars made;
 * user values stand in `parameters` ($1 ...).
 */
export type Statement =
  | { readonly kind: 'select'; readonly sql: string; readonly setEquals: 'contains' | 'list' }
  | {
      readonly kind: 'compiled';
      readonly sql: string;
      readonly parameters: readonly (string | number | bigint | boolean | null)[];
    };

/**
 * Type of an answer's column: that of a table's column where one fits; `float` for binary fractions; `other` for what no
 * column can hold (dates, intervals, structs, lists of anything but members), whose cells are text, lists or objects.
 */
export type ResultType = ColumnType | { readonly type: 'float' } | { readonly type: 'other' };

/** A column of an answer. `raw` is the engine's own name of its type. */
export interface ResultColumn {
  readonly name: string;
  readonly type: ResultType;
  readonly raw: string;
}

/** Cells of an answer: decimals as exact text, timestamps as RFC 3339 text in UTC, whole numbers as number or bigint. */
export type ResultValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly ResultValue[]
  | { readonly [field: string]: ResultValue };

export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly ResultValue[])[];
  readonly elapsedMs: number;
  /** Segment files that had to be read, and their bytes. */
  readonly scanned: { readonly segments: number; readonly bytes: number };
}

export interface QueryLimits {
  readonly timeoutMs: number;
  readonly rowsMax: number;
  readonly memoryMegabytesMax: number;
  /** Bytes of the segment files that it may have to read. */
  readonly bytesMax: number;
}

/**
 * Runs one SELECT. Throws `QueryRefused` (statement is wrong or not allowed: the user's to mend), `QueryLimitExceeded` or
 * `SegmentUnreadable`; anything else thrown is ours. Each query has an engine of its own: no files, network, settings or tables but its own.
 */
export interface QueryEngine {
  run(statement: Statement, tables: readonly QueryTable[], limits: QueryLimits): Promise<QueryResult>;
}

/** The statement can't be run; the message says what is wrong with it, in the user's words. */
export class QueryRefused extends Error {
  override readonly name = 'QueryRefused';
}

/** The file of a segment that the statement needs is damaged or gone; the message names the segment. There is no answer. */
export class SegmentUnreadable extends Error {
  override readonly name = 'SegmentUnreadable';
}

/** A limit was reached; the message names it. */
export class QueryLimitExceeded extends Error {
  override readonly name = 'QueryLimitExceeded';
}
