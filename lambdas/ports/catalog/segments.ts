import type { QuarantineId, ReceiptId, SegmentId, SinkId, TableId, TenantId } from '../../domain/ids.ts';
import type { QuarantineEntry } from '../../domain/quarantine.ts';
import type { Segment } from '../../domain/segment.ts';

/** The segments of each table. A flush adds one item; a compaction replaces many by one, at once. */
export interface Segments {
  addSegment(segment: Segment): Promise<void>;
  /** The segments that together are the table: a consistent set, none of them covered. In order of id. */
  currentSegments(tableId: TableId): Promise<readonly Segment[]>;
  /** Registers `by` and marks `covered`, atomically. False: one of them was covered meanwhile, and nothing changed. */
  replaceSegments(tableId: TableId, covered: readonly SegmentId[], by: Segment, at: string): Promise<boolean>;
  /** Covered segments, oldest first, so that their files can be removed after the grace. */
  coveredSegments(tableId: TableId): Promise<readonly Segment[]>;
  /** Forgets covered segments whose files are gone. */
  forgetSegments(tableId: TableId, ids: readonly SegmentId[]): Promise<void>;
}

/** Refused records, by the sink they came through. */
export interface Quarantine {
  /** Adds entries, or puts them in the place of those with their ids, whose edits stay. */
  addQuarantined(entries: readonly QuarantineEntry[]): Promise<void>;
  /** Newest first, `after` the given id. */
  listQuarantined(
    sinkId: SinkId,
    options: { readonly limit: number; readonly after?: QuarantineId },
  ): Promise<readonly QuarantineEntry[]>;
  /** Takes entries out again; absent ones are ignored. */
  removeQuarantined(sinkId: SinkId, ids: readonly QuarantineId[]): Promise<void>;
  findQuarantined(tenantId: TenantId, sinkId: SinkId, id: QuarantineId): Promise<QuarantineEntry | undefined>;
  /** Puts an entry in the place of one that is there. False: there is none (any more). */
  changeQuarantined(entry: QuarantineEntry): Promise<boolean>;
}

/** Ids within one receipt are derived, so that a redelivered batch quarantines each record once. */
export function quarantineId(receiptId: ReceiptId, position: number): QuarantineId {
  return `${receiptId}-${String(position).padStart(6, '0')}` as QuarantineId;
}
