import { hintOf, type ReasonCode } from '../../domain/reasons.ts';
import type { Receipt } from '../../domain/receipt.ts';

/** A receipt as GET shows it. Counts that are known once the batch is written are absent before. */
export function receiptView(receipt: Receipt): object {
  const { id, state, sinkId, databaseId, tableId, received, accepted, rejected, dropped, exceptions } = receipt;
  return {
    id,
    state,
    ...(receipt.operations ? {} : { sink_id: sinkId }),
    ...(receipt.replayed && { replay_of: receipt.replayed.receiptId }),
    database_id: databaseId,
    table_id: tableId,
    mapping_revision: receipt.mappingRevision,
    received,
    accepted,
    rejected,
    dropped,
    ...given('written', receipt.written),
    ...given('superseded', receipt.superseded),
    ...given('quarantined', receipt.quarantined),
    ...given('changed', receipt.changed),
    ...(receipt.changed ? { changes: [change('column_dropped', receipt.changed)] } : {}),
    queued_at: receipt.queuedAt,
    ...given('visible_at', receipt.visibleAt),
    ...given('failed_at', receipt.failedAt),
    ...given('cause', receipt.cause),
    exceptions: exceptions.map((exception) => ({ ...exception, hint: hintOf(exception.reason) })),
  };
}

/** Why so many records were stored otherwise than sent. */
function change(reason: ReasonCode, records: number): object {
  return { reason, records, hint: hintOf(reason) };
}

function given(key: string, value: unknown): object {
  return value === undefined ? {} : { [key]: value };
}
