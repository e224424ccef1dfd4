import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { growsTooLarge } from '../../domain/merge/row-bytes.ts';
import { stampsOf } from '../../domain/merge/stamps-of.ts';
import { mergeRows, sameState } from '../../domain/merge.ts';
import type { RowKey, RowState } from '../../domain/row.ts';
import type { TableShape } from '../../domain/table.ts';
import { type MergeOutcome, RowStoreBusy } from '../../ports/row-store.ts';
import { boundedParallel, chunksOf } from './bounded-parallel.ts';
import type { RowItem } from './dynamo-row-cells.ts';
import { keyHash } from './dynamo-row-errors.ts';
import { makeRowCodec, type RowCodec, type StoredRow } from './dynamo-row-item.ts';
import { keysPerReadMax, readItems } from './dynamo-row-reads.ts';
import { keyAttribute, keyOf } from './dynamo-row-scalars.ts';
import type { ItemWrite } from './dynamo-row-statements.ts';
import { type WriteOutcome, writeItems } from './dynamo-row-writes.ts';
import type { RetryPause } from './jittered-pause.ts';

/** Chunks of one merge at a time, each of up to four batches of 25 writes: far beyond what a new table takes a second. */
const chunksAtOnceMax = 3;
/**
 * Rounds of reading and writing that a row gets. Where writers meet, one of them succeeds each round, and the pauses,
 * 3 s altogether, let a throttled table recover; what is left goes back to the queue with its message.
 */
const roundsMax = 12;
/** Rounds that one counts for in which a request got no answer: with the SDK's attempts it may have taken 12 s. */
const lostRoundCost = 6;

export interface RowMergeParts {
  readonly dynamo: DynamoDBClient;
  readonly pause: RetryPause;
  /** `rowBytesMax` of the domain, unless a test says otherwise. */
  readonly rowBytesMax?: number;
}

/** A row on its way into the table. */
interface Entry {
  readonly row: RowState;
  outcome: MergeOutcome;
  /** Why it was given up. */
  failure?: string;
  /** A write of it may have been applied though we were not told. */
  inDoubt: boolean;
}

interface PlannedWrite extends ItemWrite {
  readonly entry: Entry;
}

/**
 * Joins rows (unique by key) into a table: reads the items, merges by the rule of the domain, writes those that change
 * on condition that nobody else did meanwhile, and does so again with the rows that somebody did.
 *
 * The answer to a write can be lost after it was applied. Then the row is read again: what it should say is there, or is
 * written now. It counts as changed when the item holds a stamp of ours: we put it there, or, which can't be told, a
 * second delivery of the batch that ran at the same time. Only if a later write has replaced all of ours in between, does
 * a change of ours go unreported.
 *
 * A row over the limit of rows is never sent. DynamoDB's own limit is met only where an item holds cells of columns that
 * the shape lacks as well: then the row is too large like any other.
 *
 * @returns what became of each row
 * @throws RowStoreBusy where rows were not merged for want of capacity or answers, else an Error: all others have been
 * merged, as far as the failure is one of single rows (conflicts, throttling, items that DynamoDB refuses). The message
 * holds no values; what it says of a key is a hash
 */
export async function mergeRowsInto(
  parts: RowMergeParts,
  tableName: string,
  table: TableShape,
  rows: readonly RowState[],
): Promise<MergeOutcome[]> {
  const codec = makeRowCodec(table);
  const entries = rows.map((row): Entry => ({ row, outcome: 'unchanged', inDoubt: false }));
  await boundedParallel(chunksAtOnceMax, chunksOf(keysPerReadMax, entries), (chunk) =>
    mergeChunk(parts, tableName, table, codec, chunk),
  );
  const failed = entries.filter(({ failure }) => failure !== undefined);
  if (failed.length > 0) {
    const [{ row, failure }] = failed as [Entry];
    const which = `row ${keyHash(row.key)} (hash of its key): ${failure}`;
    const isBusy = failed.every((entry) => entry.failure === noCapacity);
    const message = `${failed.length} of ${rows.length} rows of table ${table.id} were not merged; ${which}`;
    throw isBusy ? new RowStoreBusy(message) : new Error(message);
  }
  return entries.map(({ outcome }) => outcome);
}

async function mergeChunk(
  parts: RowMergeParts,
  tableName: string,
  table: TableShape,
  codec: RowCodec,
  entries: readonly Entry[],
): Promise<void> {
  let pending = entries;
  for (let rounds = 0; pending.length > 0; ) {
    const keys = pending.map(({ row }) => keyAttribute(row.key, table.keyType));
    const items = byKey(await readItems(parts, tableName, keys));
    const writes = pending.flatMap((entry) => planWrite(parts, table, codec, entry, items.get(entry.row.key)) ?? []);
    const outcomes = await writeItems(parts.dynamo, tableName, writes);
    pending = writes.flatMap(({ entry, expected }, i) => (isSettled(entry, outcomes[i]!, expected) ? [] : [entry]));
    if (pending.length === 0) return;
    rounds += outcomes.includes('lost') ? lostRoundCost : 1;
    if (rounds >= roundsMax) return giveUp(pending);
    await parts.pause(rounds);
  }
}

const noCapacity = 'other writers, no capacity or no answers, again and again';

function giveUp(pending: readonly Entry[]): void {
  for (const entry of pending) entry.failure = noCapacity;
}

function byKey(items: readonly RowItem[]): ReadonlyMap<RowKey, RowItem> {
  return new Map(items.map((item) => [keyOf(item['_id']!), item]));
}

/** The write that a row needs; undefined when the item says all of it already, has no room for it, or can't be read. */
function planWrite(
  { rowBytesMax }: RowMergeParts,
  { columns }: TableShape,
  codec: RowCodec,
  entry: Entry,
  item: RowItem | undefined,
): PlannedWrite | undefined {
  const stored = item && decoded(codec, entry, item);
  if (item && !stored) return undefined;
  const merged = stored ? mergeRows(stored.state, withoutCells(entry.row, stored)) : entry.row;
  if (stored && sameState(stored.state, merged)) {
    if (entry.inDoubt && sharesStamp(stored.state, entry.row)) entry.outcome = 'changed';
    return undefined;
  }
  if (growsTooLarge(stored?.state, merged, columns, rowBytesMax)) {
    entry.outcome = 'too_large';
    return undefined;
  }
  return { entry, item: codec.encode(merged, stored), expected: stored };
}

/** An item that another program changed spoils its own row alone. */
function decoded(codec: RowCodec, entry: Entry, item: RowItem): StoredRow | undefined {
  try {
    return codec.decode(item);
  } catch (error) {
    entry.failure = error instanceof Error ? error.message : 'its item cannot be read';
    return undefined;
  }
}

/** A stale shape may still write to a column that was dropped and whose name another has by now. */
function withoutCells(row: RowState, { outranked }: StoredRow): RowState {
  if (outranked.length === 0) return row;
  return { ...row, cells: row.cells.map((cell, place) => (outranked.includes(place) ? undefined : cell)) };
}

/** @returns whether nothing is left to do for the row */
function isSettled(entry: Entry, outcome: WriteOutcome, stored: StoredRow | undefined): boolean {
  switch (outcome) {
    case 'written':
      entry.outcome = 'changed';
      return true;
    case 'too_large':
      // Cells that the shape lacks are not in the row's measure. Without them this can't be, so it must be seen.
      if (stored && stored.foreign.length > 0) entry.outcome = 'too_large';
      else entry.failure = 'it would pass the 400 KB of a DynamoDB item';
      return true;
    case 'refused':
      entry.failure = 'DynamoDB refused the item';
      return true;
    case 'doubtful':
    case 'lost':
      entry.inDoubt = true;
      return false;
    case 'not_written':
      return false;
  }
}

function sharesStamp(a: RowState, b: RowState): boolean {
  const stamps = new Set(stampsOf(b));
  return stampsOf(a).some((stamp) => stamps.has(stamp));
}
