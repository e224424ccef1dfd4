import { joinRows, mergeRows } from '../merge.ts';
import type { RowState } from '../row.ts';
import type { Column } from '../table.ts';
import { alreadySays } from './already-says.ts';
import { growsTooLarge } from './row-bytes.ts';

/**
 * Joins that one row gets: each copies and measures up to 380 KB, which may take 10 ms. Enough to find one bad record of
 * 20,000, or to judge 40 that are all refused one by one.
 */
const triesMax = 80;

/** What becomes of records that do not fit into their row together. */
export interface FittedRecords {
  /** All that is kept, joined; undefined where nothing is. */
  readonly kept: RowState | undefined;
  /** Those of the given records that are not. */
  readonly refused: ReadonlySet<RowState>;
}

/**
 * Chooses, of records that together would make their row too large, those that it takes: whole records, tried in the
 * given order. They are tried together, then by halves, down to the single record; when the tries are used up, a part
 * that does not fit is refused as it is. What was refused is tried again until nothing more fits, because a later record
 * may have made room. So the answer for the same records on the state that they led to is the same again: those kept
 * are in it, those refused still do not fit (only where the tries were used up may some more of them).
 * @param stored the row's state now
 * @param records all of one key, in order of stamp
 */
export function fitRecords(
  stored: RowState | undefined,
  records: readonly RowState[],
  columns: readonly Column[],
  bytesMax?: number,
): FittedRecords {
  const kept: RowState[] = [];
  let state = stored;
  let tries = triesMax;

  /** @returns those that are refused */
  function take(part: readonly RowState[]): readonly RowState[] {
    const merged = state === undefined ? joinRows(part) : mergeRows(state, joinRows(part));
    tries -= 1;
    if (!growsTooLarge(state, merged, columns, bytesMax)) {
      state = merged;
      kept.push(...part);
      return [];
    }
    if (part.length === 1 || tries <= 0) return part;
    const half = Math.ceil(part.length / 2);
    return [...take(part.slice(0, half)), ...take(part.slice(half))];
  }

  let refused = records;
  for (let before = -1; refused.length > 0 && kept.length > before && tries > 0; ) {
    const open: RowState[] = [];
    for (const record of refused) (state !== undefined && alreadySays(state, record) ? kept : open).push(record);
    before = kept.length;
    refused = open.length === 0 ? open : take(open);
  }
  return { kept: kept.length === 0 ? undefined : joinRows(kept), refused: new Set(refused) };
}
