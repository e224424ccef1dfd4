import type { ColumnId, SegmentId, TableId, TenantId } from './ids.ts';
import type { ColumnRange } from './segment-ranges.ts';

/**
 * Where a segment's file keeps the stamps of a column's cells. `row`: every cell has its row's `exists` stamp, so no stamp
 * column is stored (the usual flush). `cell`: a stamp column beside the values; its null is a cell never written.
 * Set columns are always `cell`: their operations carry stamps. A column not listed has no cells in this segment.
 */
export type StampPlace = 'row' | 'cell';

/**
 * What keys and values a segment's file holds, so that a query may leave the file alone. Scalar columns without a range
 * may hold anything; those that are not in `SegmentStats.columns` hold nothing.
 */
export interface SegmentRanges {
  /** Of all keys, those of deleted rows included; empty when there are none. */
  readonly key: ColumnRange;
  readonly columns: Readonly<Record<ColumnId, ColumnRange>>;
}

/** What the writer of a segment file says of it. */
export interface SegmentStats {
  readonly rows: number;
  readonly bytes: number;
  readonly columns: Readonly<Record<ColumnId, StampPlace>>;
  /** Absent: the file may hold anything. */
  readonly ranges?: SegmentRanges;
}

/** One immutable set of files of rows, sorted and unique by key within itself. */
export interface Segment extends SegmentStats {
  readonly id: SegmentId;
  readonly tableId: TableId;
  /** Object store key of `rows.parquet`. */
  readonly rowsKey: string;
  /** Set once a compaction has replaced it: readers no longer need it; its files go after the grace. */
  readonly coveredAt?: string;
  readonly createdAt: string;
}

/** Object store key of a segment's rows: one folder a tenant, one a table, one a segment. */
export function segmentKey(tenantId: TenantId, tableId: TableId, id: SegmentId): string {
  return `${segmentsFolder(tenantId, tableId)}${id}/rows.parquet`;
}

/** Prefix of the object store keys of a table's segments, or of all segments of a tenant. */
export function segmentsFolder(tenantId: TenantId, tableId?: TableId): string {
  return `${tenantId}/segments/${tableId === undefined ? '' : `${tableId}/`}`;
}

/** The table whose segment is stored under a key. */
export function tableIdOfSegmentKey(key: string): TableId {
  return key.split('/')[2] as TableId;
}
