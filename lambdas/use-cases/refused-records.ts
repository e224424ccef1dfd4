import { exactJson } from '../domain/json/exact-json.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import { quarantineId } from '../ports/catalog/segments.ts';
import type { MappedBatch } from './map-batch.ts';

/**
 * The quarantine entries of a batch's refused records. Ids follow from receipt and position, so a second delivery
 * quarantines nothing twice.
 */
export function refusedRecords({ header, refused }: MappedBatch, nowMs: number): QuarantineEntry[] {
  const at = new Date(nowMs).toISOString();
  return refused.map(({ position, rejection: { reason, pointer, message }, record }) => ({
    id: quarantineId(header.receiptId, position),
    tenantId: header.tenantId,
    sinkId: header.sinkId,
    receiptId: header.receiptId,
    position,
    reason,
    pointer,
    message,
    mappingRevision: header.mappingRevision,
    record: exactJson(record),
    at,
  }));
}
