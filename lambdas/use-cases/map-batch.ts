import { type Batch, type BatchHeader, positionOf } from '../domain/batch.ts';
import { discardedFor, recordsOf } from '../domain/json/records-body.ts';
import type { RecordOutcome, Rejection } from '../domain/outcome.ts';
import type { RecordException } from '../domain/receipt.ts';
import type { RowState } from '../domain/row.ts';
import { decodeOperations, operationState } from '../domain/row-operation.ts';
import type { Table } from '../domain/table.ts';
import { stamper } from '../domain/version.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { LoadedMapping } from './compiled-mappings.ts';
import { backTaker, type EarlierMapping, rowReader } from './row-reader.ts';

/** A record that is not written, as it came. */
export interface RefusedRecord {
  readonly position: number;
  readonly rejection: Rejection;
  readonly record: unknown;
}

/** One batch as the writer sees it. Of the records themselves only those refused are kept: a flush holds many. */
export interface MappedBatch {
  readonly header: BatchHeader;
  readonly rows: readonly RowState[];
  /** Of the record that each row is, its position. */
  readonly positions: readonly number[];
  readonly refused: readonly RefusedRecord[];
  /** Those of `rows` whose records had a value for a column dropped since they were accepted. */
  readonly changed: readonly RowState[];
  /** What earlier revisions made of replayed records in rows of other keys than now, and is to go from there. */
  readonly takenBack: readonly RowState[];
}

/**
 * Maps a queued batch again, at the revision it was accepted under, into states for the table's columns of now.
 * Pure apart from fetching a body that was too large for its message, so any number of deliveries give the same rows.
 * @param table undefined when it is gone: then every record is refused
 * @param earlier mappings of the same sink that made rows of the batch before; what they made is taken back
 */
export async function mapBatch(
  batch: Batch,
  { map, mapping, ...reading }: LoadedMapping,
  table: Table | undefined,
  objects: Pick<ObjectStore, 'get'>,
  earlier: readonly EarlierMapping[] = [],
): Promise<MappedBatch> {
  const { header } = batch;
  const wasRefused = new Set(header.rejected);
  const reader = rowReader(header, mapping, table);
  const takeBack = backTaker(header, earlier, table);
  const rows: RowState[] = [];
  const positions: number[] = [];
  const refused: RefusedRecord[] = [];
  const changed: RowState[] = [];
  const ofOtherKeys: RowState[] = [];
  (await recordsOfBatch(batch, reading, objects)).forEach((record, place) => {
    const position = positionOf(header, place);
    const outcome = settled(map(record), wasRefused.has(position), table !== undefined);
    if (outcome.kind === 'rejected') refused.push({ position, rejection: outcome, record });
    if (outcome.kind !== 'row') return;
    const { row, others } = takeBack(reader.row(outcome, position), record, position);
    rows.push(row);
    positions.push(position);
    ofOtherKeys.push(...others);
    if (reader.hasLost(outcome)) changed.push(row);
  });
  return { header, rows, positions, refused: namingTheLacking(refused), changed, takenBack: ofOtherKeys };
}

/** Row operations as the writer sees them; none is left of a table that is gone. */
export async function mapOperations(
  batch: Batch,
  table: Table | undefined,
  objects: Pick<ObjectStore, 'get'>,
): Promise<MappedBatch> {
  const operations = table ? decodeOperations(await bodyOf(batch, objects)) : [];
  const stampOf = stamper(batch.header.version, batch.header.mappingRevision);
  const rows = operations.map((operation, place) => operationState(operation, stampOf(place, operation.version)));
  return { header: batch.header, rows, positions: [...rows.keys()], refused: [], changed: [], takenBack: [] };
}

/** The records of a batch, in their order. */
export async function recordsOfBatch(
  batch: Batch,
  { exactNumbers }: Pick<LoadedMapping, 'exactNumbers'>,
  objects: Pick<ObjectStore, 'get'>,
): Promise<readonly unknown[]> {
  return recordsOf(await bodyOf(batch, objects), exactNumbers);
}

/** Records that were right, and discarded with another, say which one that was, as accept did. */
function namingTheLacking(refused: readonly RefusedRecord[]): readonly RefusedRecord[] {
  const lacking = refused.find(({ rejection }) => rejection.reason === 'missing_field');
  if (!lacking) return refused;
  const rejection = discardedFor(lacking.position, lacking.rejection.pointer);
  return refused.map((one) => (one.rejection === discarded ? { ...one, rejection } : one));
}

/** The refusals that accept made, as the batch's receipt has them. */
export function exceptionsOfBatch({ header, refused }: MappedBatch): RecordException[] {
  const wasRefused = new Set(header.rejected);
  return refused.flatMap(({ position, rejection: { kind: _, ...exception } }) =>
    wasRefused.has(position) ? [{ position, ...exception }] : [],
  );
}

async function bodyOf({ payload }: Batch, objects: Pick<ObjectStore, 'get'>): Promise<string> {
  if (payload.kind === 'records') return payload.body;
  const body = await objects.get(payload.objectKey);
  if (!body) throw new Error(`the body of a batch is not in the object store: ${payload.objectKey}`);
  return new TextDecoder('utf-8', { fatal: true }).decode(body);
}

/** What accept refused stays refused, also where the record itself is right (its request was discarded). */
function settled(outcome: RecordOutcome, wasRefused: boolean, tableExists: boolean): RecordOutcome {
  if (outcome.kind !== 'row') return outcome;
  if (wasRefused) return discarded;
  return tableExists ? outcome : tableGone;
}

const discarded: Rejection = {
  kind: 'rejected',
  reason: 'batch_discarded',
  pointer: '',
  got: 'a request with an incomplete record',
  want: 'every mapped field in every record of the request',
  message: 'the whole request was discarded because a record lacks a mapped field',
};

const tableGone: Rejection = {
  kind: 'rejected',
  reason: 'table_gone',
  pointer: '',
  got: 'a record for a table that was deleted',
  want: 'a table',
  message: 'the table was deleted before the record was written',
};
