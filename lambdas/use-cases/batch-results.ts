import { stampsOf } from '../domain/merge/stamps-of.ts';
import type { BatchResult } from '../domain/receipt.ts';
import type { RowKey, RowState } from '../domain/row.ts';
import type { Stamp } from '../domain/version.ts';
import type { MappedBatch } from './map-batch.ts';

/** A record was written when something of it is in a row that changed; else later writes had superseded it already. */
export function visibleResult(batch: MappedBatch, winners: ReadonlyMap<RowKey, RowState>, at: string): BatchResult {
  const written = batch.rows.reduce((count, row) => {
    const winner = winners.get(row.key);
    return count + (winner && holds(winner, row.exists || row.tombstone) ? 1 : 0);
  }, 0);
  const { receiptId, sinkId } = batch.header;
  const superseded = batch.rows.length - written;
  const counts = { written, superseded, quarantined: quarantinedOf(batch), changed: batch.changed.length };
  return { receiptId, sinkId, state: 'visible', ...counts, at };
}

/** Records that were accepted and are refused now. */
function quarantinedOf({ header, refused }: MappedBatch): number {
  return refused.length - header.rejected.length;
}

function holds(row: RowState, wanted: Stamp): boolean {
  return stampsOf(row).some((stamp) => stamp === wanted);
}

/** Its table was deleted while the batch was under way. */
export function tableGoneResult(batch: MappedBatch, at: string): BatchResult {
  const { receiptId, sinkId, tableId } = batch.header;
  const quarantined = quarantinedOf(batch);
  const cause = `Table ${tableId} was deleted before the batch was written; its records are in quarantine.`;
  return { receiptId, sinkId, state: 'failed', written: 0, superseded: 0, quarantined, changed: 0, at, cause };
}
