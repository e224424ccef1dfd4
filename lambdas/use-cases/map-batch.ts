import type { Batch, BatchHeader } from '../domain/batch.ts';
import type { RecordOutcome, Rejection } from '../domain/outcome.ts';
import { exceptionsOf, recordsOf } from '../domain/records-body.ts';
import { columnPlaces, rowState } from '../domain/row-state.ts';
import type { RowState } from '../domain/row.ts';
import type { Column } from '../domain/table.ts';
import { stamper } from '../domain/version.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { LoadedMapping } from './compiled-mappings.ts';

/** One batch as the writer sees it: rows to merge, records that were refused, and what is known for its receipt. */
export interface MappedBatch {
  readonly header: BatchHeader;
  readonly rows: readonly RowState[];
  readonly outcomes: readonly RecordOutcome[];
  readonly records: readonly unknown[];
  /** Rows with a value for a column dropped since they were accepted. */
  readonly changed: number;
}

/**
 * Maps a queued batch again, at the revision it was accepted under, into states for the table's columns of now.
 * Pure apart from fetching a body that was too large for its message, so any number of deliveries give the same rows.
 */
export async function mapBatch(
  batch: Batch,
  { map, mapping, exactIntegers }: LoadedMapping,
  columns: readonly Column[],
  objects: Pick<ObjectStore, 'get'>,
): Promise<MappedBatch> {
  const { header } = batch;
  const records = recordsOf(await bodyOf(batch, objects), exactIntegers);
  const refused = new Set(header.rejected);
  const outcomes = records.map((record, position) => settled(map(record), refused.has(position)));
  const stampOf = stamper(header.version, header.mappingRevision);
  const places = columnPlaces(mapping.items, columns);
  const gone = places.flatMap((place, item) => (place < 0 ? [item] : []));
  const rows: RowState[] = [];
  let changed = 0;
  outcomes.forEach((outcome, position) => {
    if (outcome.kind !== 'row') return;
    rows.push(rowState(outcome, stampOf(position), mapping.items, columns, places));
    if (gone.some((item) => outcome.values[item] !== undefined)) changed += 1;
  });
  return { header, rows, outcomes, records, changed };
}

/** Receipt of a batch, made again from the batch: for an accept that crashed before it stored its own. */
export function receiptOf({ header, outcomes }: MappedBatch) {
  const exceptions = exceptionsOf(outcomes);
  const { acceptedAt, rejected: _, ...facts } = header;
  return {
    ...facts,
    id: header.receiptId,
    state: header.accepted > 0 ? ('queued' as const) : ('rejected' as const),
    rejected: exceptions.length,
    dropped: header.received - header.accepted - exceptions.length,
    exceptions,
    queuedAt: acceptedAt,
  };
}

async function bodyOf({ payload }: Batch, objects: Pick<ObjectStore, 'get'>): Promise<string> {
  if (payload.kind === 'records') return payload.body;
  const body = await objects.get(payload.objectKey);
  if (!body) throw new Error(`the body of a batch is not in the object store: ${payload.objectKey}`);
  return new TextDecoder('utf-8', { fatal: true }).decode(body);
}

/** What accept refused stays refused, also where the record itself is right (its request was discarded). */
function settled(outcome: RecordOutcome, wasRefused: boolean): RecordOutcome {
  return wasRefused && outcome.kind === 'row' ? discarded : outcome;
}

const discarded: Rejection = {
  kind: 'rejected',
  reason: 'batch_discarded',
  pointer: '',
  got: 'a request with an incomplete record',
  want: 'every mapped field in every record of the request',
  message: 'the whole request was discarded because a record lacks a mapped field',
};
