import type { OldestBuckets } from '../domain/merge/time-quantum.ts';
import type { RowState } from '../domain/row.ts';
import type { Segment, SegmentStats } from '../domain/segment.ts';
import type { TableShape } from '../domain/table.ts';

export interface SegmentFile extends SegmentStats {
  /** `rows.parquet`. */
  readonly body: Uint8Array;
}

/** Writes segments: the same Parquet writer in every place. */
export interface SegmentFiles {
  /** One file of `rows` (unique by key), sorted by key. */
  write(table: TableShape, rows: readonly RowState[]): Promise<SegmentFile>;
  /**
   * One file that says the same as all of `segments` together, sorted and unique by key.
   * @param oldest buckets of time views that count; older ones, which no query shows any more, are left out
   */
  merge(table: TableShape, segments: readonly Segment[], oldest?: OldestBuckets): Promise<SegmentFile>;
}
