import { exactJson } from '../domain/exact-json.ts';
import type { RecordOutcome } from '../domain/outcome.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import { quarantineId } from '../ports/catalog/segments.ts';
import type { MappedBatch } from './map-batch.ts';

type Refusal = Pick<QuarantineEntry, 'reason' | 'pointer' | 'message'>;

/**
 * The records of a batch that belong in quarantine: those rejected, and all of them when the table is gone.
 * Ids follow from receipt and position, so a second delivery quarantines nothing twice.
 */
export function refusedRecords(batch: MappedBatch, nowMs: number, tableExists: boolean): QuarantineEntry[] {
  const at = new Date(nowMs).toISOString();
  return batch.outcomes.flatMap((outcome, position) => {
    const refusal = refusalOf(outcome, tableExists);
    return refusal ? [quarantined(batch, position, refusal, at)] : [];
  });
}

function quarantined({ header, records }: MappedBatch, position: number, refusal: Refusal, at: string): QuarantineEntry {
  return {
    id: quarantineId(header.receiptId, position),
    tenantId: header.tenantId,
    sinkId: header.sinkId,
    receiptId: header.receiptId,
    position,
    ...refusal,
    mappingRevision: header.mappingRevision,
    record: exactJson(records[position]),
    at,
  };
}

function refusalOf(outcome: RecordOutcome, tableExists: boolean): Refusal | undefined {
  switch (outcome.kind) {
    case 'rejected':
      return { reason: outcome.reason, pointer: outcome.pointer, message: outcome.message };
    case 'row':
      return tableExists ? undefined : tableGone;
    case 'dropped':
      return undefined;
  }
}

const tableGone: Refusal = {
  reason: 'table_gone',
  pointer: '',
  message: 'the table was deleted before the record was written',
};
