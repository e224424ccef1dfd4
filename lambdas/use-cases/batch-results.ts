import { stampsOf } from '../domain/merge/stamps-of.ts';
import type { BatchResult } from '../domain/receipt.ts';
import type { RowKey, RowState } from '../domain/row.ts';
import type { Stamp } from '../domain/version.ts';
import type { MappedBatch } from './map-batch.ts';

/** What a merge came to, by key. */
export interface MergedRows {
  /** What was said of the rows that changed. */
  readonly winners: ReadonlyMap<RowKey, RowState>;
  /** What the store has of the others. */
  readonly standing: ReadonlyMap<RowKey, RowState>;
}

/**
 * A record was written when something of it is in a row that changed; else later writes had superseded it already. Where
 * its row did not change and yet has something of it, an earlier delivery wrote it and crashed before it could say so:
 * no other batch has its stamp, but for replays, which say the same once more.
 */
export function visibleResult(batch: MappedBatch, { winners, standing }: MergedRows, at: string): BatchResult {
  const written = batch.rows.reduce((count, row) => {
    const found = winners.get(row.key) ?? (batch.header.replayed ? undefined : standing.get(row.key));
    return count + (found && holds(found, row.exists || row.tombstone) ? 1 : 0);
  }, 0);
  const { receiptId, sinkId } = batch.header;
  const superseded = batch.rows.length - written;
  const counts = { written, superseded, quarantined: quarantinedOf(batch), changed: batch.changed.length };
  return { receiptId, sinkId, state: 'visible', ...counts, at };
}

/**
 * Records that were accepted and are refused now. Not counted among the refused: which of those accept had refused too, a
 * header that was made of a receipt without exceptions does not know (`receiptOfBatch`, of an accept that crashed).
 */
function quarantinedOf({ header, rows }: MappedBatch): number {
  return header.accepted - rows.length;
}

function holds(row: RowState, wanted: Stamp): boolean {
  return stampsOf(row).some((stamp) => stamp === wanted);
}

/** Its table was deleted while the batch was under way. Row operations are no records, and are not kept. */
export function tableGoneResult(batch: MappedBatch, at: string): BatchResult {
  const { receiptId, sinkId, tableId, operations } = batch.header;
  const quarantined = operations ? 0 : quarantinedOf(batch);
  const kept = operations ? '' : '; its records are in quarantine';
  const cause = `Table ${tableId} was deleted before the batch was written${kept}.`;
  return { receiptId, sinkId, state: 'failed', written: 0, superseded: 0, quarantined, changed: 0, at, cause };
}
