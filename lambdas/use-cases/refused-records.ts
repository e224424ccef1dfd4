import { quarantinedAs } from '../domain/batch.ts';
import { exactJson } from '../domain/json/exact-json.ts';
import type { QuarantineEntry } from '../domain/quarantine.ts';
import { quarantineId } from '../ports/catalog/segments.ts';
import type { MappedBatch } from './map-batch.ts';

/**
 * The quarantine entries of a batch's refused records. Ids follow from receipt and position, so a second delivery
 * quarantines nothing twice.
 */
export function refusedRecords({ header, refused }: MappedBatch, at: string): QuarantineEntry[] {
  const { tenantId, sinkId, mappingRevision, version } = header;
  const request = quarantinedAs(header);
  return refused.map(({ position, rejection: { reason, pointer, message, got, want }, record }) => ({
    id: quarantineId(request.receiptId, position),
    tenantId,
    sinkId,
    ...request,
    position,
    reason,
    pointer,
    message,
    got,
    want,
    mappingRevision,
    version,
    record: exactJson(record),
    at,
  }));
}
