import type { ColumnId, SegmentId, TableId, TenantId } from './ids.ts';

/**
 * Where a segment's file keeps the stamps of a column's cells. `row`: every cell has its row's `exists` stamp, so no stamp
 * column is stored (the usual flush). `cell`: a stamp column beside the values; its null is a cell never written.
 * Set columns are always `cell`: their operations carry stamps. A column not listed has no cells in this segment.
 */
export type StampPlace = 'row' | 'cell';

/** What the writer of a segment file says of it. */
export interface SegmentStats {
  readonly rows: number;
  readonly bytes: number;
  readonly columns: Readonly<Record<ColumnId, StampPlace>>;
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
  return `${tenantId}/segments/${tableId}/${id}/rows.parquet`;
}
