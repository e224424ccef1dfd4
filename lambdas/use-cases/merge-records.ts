import { alreadySays } from '../domain/merge/already-says.ts';
import { type FittedRecords, fitRecords } from '../domain/merge/fit-records.ts';
import { compareScalars } from '../domain/merge/scalar-order.ts';
import { coalesce, joinRows } from '../domain/merge.ts';
import type { RowKey, RowState } from '../domain/row.ts';
import type { TableShape } from '../domain/table.ts';
import type { Stamp } from '../domain/version.ts';
import type { RowStore } from '../ports/row-store.ts';

/** Times that records are fitted into their row anew because the store, where others write too, refuses it still. */
const fittingsMax = 3;

/** What a flush did to the row store. */
export interface MergedRecords {
  /** What the row store says now of what the records said: one state a key, sorted, without refused records. */
  readonly rows: readonly RowState[];
  /** Those of `rows` that changed the store, by key. */
  readonly winners: ReadonlyMap<RowKey, RowState>;
  /** Those of the given records that are not stored, because their row would be too large. */
  readonly refused: ReadonlySet<RowState>;
}

/**
 * Merges what records say into the row store, joined by key first. Where that makes a row too large its records are
 * chosen from (`fitRecords`): each is stored whole or refused, and a row's other records do not suffer for one. The
 * records of other rows are not touched by it.
 */
export async function mergeRecords(
  rowStore: Pick<RowStore, 'merge' | 'get'>,
  shape: TableShape,
  records: readonly RowState[],
): Promise<MergedRecords> {
  const rows = byKey(coalesce(records));
  if (rows.length === 0) return { rows, winners: new Map(), refused: new Set() };
  const outcomes = await rowStore.merge(shape, rows);
  const winners = new Map(rows.filter((_, i) => outcomes[i] === 'changed').map((row) => [row.key, row]));
  const tooLarge = rows.filter((_, i) => outcomes[i] === 'too_large');
  if (tooLarge.length === 0) return { rows, winners, refused: new Set() };
  const fitted = await mergeFitted(rowStore, shape, recordsOfKeys(records, tooLarge), winners);
  const stored = rows.flatMap((row) => {
    const chosen = fitted.get(row.key);
    return chosen === undefined ? [row] : (chosen.kept ?? []);
  });
  return { rows: stored, winners, refused: new Set([...fitted.values()].flatMap(({ refused }) => [...refused])) };
}

/**
 * @param records of each row that is too large, in order of stamp
 * @param winners gets the rows that changed the store
 */
async function mergeFitted(
  rowStore: Pick<RowStore, 'merge' | 'get'>,
  shape: TableShape,
  records: ReadonlyMap<RowKey, readonly RowState[]>,
  winners: Map<RowKey, RowState>,
): Promise<ReadonlyMap<RowKey, FittedRecords>> {
  const fitted = new Map<RowKey, FittedRecords>();
  let open = [...records.keys()];
  for (let fittings = 1; open.length > 0; fittings++) {
    const isLast = fittings > fittingsMax;
    const states = await rowStore.get(shape, open);
    for (const [i, key] of open.entries()) {
      const choose = isLast ? onlyStored : fitRecords;
      fitted.set(key, choose(states[i], records.get(key)!, shape.columns));
    }
    const rows = open.flatMap((key) => fitted.get(key)!.kept ?? []);
    if (isLast || rows.length === 0) break;
    const outcomes = await rowStore.merge(shape, rows);
    for (const [i, row] of rows.entries()) if (outcomes[i] === 'changed') winners.set(row.key, row);
    open = rows.filter((_, i) => outcomes[i] === 'too_large').map(({ key }) => key);
  }
  return fitted;
}

/** The last resort: what the store has of the records stays, all else is refused. */
function onlyStored(stored: RowState | undefined, records: readonly RowState[]): FittedRecords {
  const [kept, refused] = [true, false].map((has) =>
    records.filter((record) => (stored !== undefined && alreadySays(stored, record)) === has),
  ) as [RowState[], RowState[]];
  return { kept: kept.length === 0 ? undefined : joinRows(kept), refused: new Set(refused) };
}

function recordsOfKeys(
  records: readonly RowState[],
  rows: readonly RowState[],
): ReadonlyMap<RowKey, readonly RowState[]> {
  const wanted = new Set(rows.map(({ key }) => key));
  const found = Map.groupBy(
    records.filter(({ key }) => wanted.has(key)),
    ({ key }) => key,
  );
  for (const ofKey of found.values()) ofKey.sort((a, b) => compareScalars(stampOf(a), stampOf(b)));
  return found;
}

/** A record's own stamp: it made its row exist, or deleted it. */
function stampOf({ exists, tombstone }: RowState): Stamp {
  return exists || tombstone;
}

/** Sorted once for both: stores write neighbours together, and a segment is sorted. */
function byKey(rows: RowState[]): RowState[] {
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}
