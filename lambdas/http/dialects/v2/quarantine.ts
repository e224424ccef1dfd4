import { parseKeepingDigits } from '../../../domain/json/exact-json.ts';
import { Problem } from '../../../domain/problem.ts';
import type { QuarantineEntry } from '../../../domain/quarantine.ts';
import { hintOf } from '../../../domain/reasons.ts';
import type { QuarantineFilter } from '../../../use-cases/read-quarantine.ts';
import { acceptedMsOf } from '../../../use-cases/selected-times.ts';
import type { OpenRequest } from '../../operation.ts';
import { selectionOf } from './selection.ts';

/** A refused record, with numbers digit by digit as they came. */
export function quarantineView(entry: QuarantineEntry): object {
  const { message, got, want, record, edited } = entry;
  return {
    ...quarantinedPlaceView(entry),
    message,
    ...(got !== undefined && { got }),
    ...(want !== undefined && { want }),
    record: parseKeepingDigits(record),
    ...(edited !== undefined && { edited: parseKeepingDigits(edited) }),
  };
}

/** The same without what quotes the record. */
export function quarantinedPlaceView(entry: QuarantineEntry): object {
  const { id, receiptId, position, reason, pointer, mappingRevision, at } = entry;
  return {
    id,
    receipt_id: receiptId,
    position,
    reason,
    pointer,
    hint: hintOf(reason),
    mapping_revision: mappingRevision,
    accepted_at: new Date(acceptedMsOf(entry)).toISOString(),
    quarantined_at: at,
  };
}

/** @throws Problem that names the parameter */
export function quarantineFilterOf(request: OpenRequest): QuarantineFilter {
  const [pointer, revision] = [request.query('pointer'), request.query('mapping_revision')];
  if (revision !== undefined && !/^\d{1,5}$/.test(revision))
    throw new Problem('invalid_parameter', 'mapping_revision is a whole number.', { parameter: 'mapping_revision' });
  const names = ['reason', 'receipt_id', 'accepted_from', 'accepted_to'] as const;
  const sent = Object.fromEntries(
    names.flatMap((name) => [[name, request.query(name)] as const].filter(([, text]) => text !== undefined)),
  );
  return {
    ...selectionOf(sent),
    ...(pointer !== undefined && { pointer }),
    ...(revision !== undefined && { mappingRevision: Number(revision) }),
  };
}
