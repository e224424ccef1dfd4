import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { isSetType } from '../../domain/column-type.ts';
import { growsTooLarge, rowBytesAtMost, rowCharactersSafe } from '../../domain/merge/row-bytes.ts';
import { mergeRows } from '../../domain/merge.ts';
import type { RowKey, RowState } from '../../domain/row.ts';
import type { TableShape } from '../../domain/table.ts';
import type { LongestCell } from './sqlite-longest-cell.ts';
import { octetsSql, type StoredColumn } from './sqlite-row-statements.ts';

/** Holds rows to the limit while SQL merges them: looks only at those that could pass it. */
export interface RowLimit {
  /**
   * Asked before a row is merged, within the transaction. Where the answer is no, notes the length of its texts.
   * @param bound what its statement binds
   */
  isPassedBy(row: RowState, bound: readonly SQLInputValue[]): boolean;
}

/**
 * Three looks, each seldom needed after the one before: whether a row of the longest texts that the file knows could
 * pass the limit; whether this row could, by the octets it has; and whether it does, by the domain's own measure.
 * @param present the columns of `table` that the file has
 */
export function makeRowLimit(
  database: DatabaseSync,
  { columns }: TableShape,
  present: readonly StoredColumn[],
  longest: LongestCell,
  bytesMax: number,
  get: (key: RowKey) => RowState | undefined,
): RowLimit {
  const texts = columns.filter(({ type }) => type.type === 'string' || isSetType(type.type));
  const textIds = new Set<string>(texts.map(({ id }) => id));
  const textColumns = present.filter(({ id }) => textIds.has(id));
  const charactersSafe = rowCharactersSafe(columns, bytesMax);
  const octets = () => database.prepare(octetsSql(textColumns), { returnArrays: true });
  let selectOctets: ReturnType<typeof octets> | undefined;

  function couldPass(key: RowKey, characters: number): boolean {
    selectOctets ??= octets();
    const [stored] = (selectOctets.get(key) as unknown as [number] | undefined) ?? [0];
    return rowBytesAtMost(columns, stored + characters) > bytesMax;
  }

  function passes(row: RowState): boolean {
    const stored = get(row.key);
    return growsTooLarge(stored, stored ? mergeRows(stored, row) : row, columns, bytesMax);
  }

  return {
    isPassedBy(row, bound) {
      let own = 0;
      let ownLongest = 0;
      for (const value of bound) {
        if (typeof value !== 'string') continue;
        own += value.length;
        if (value.length > ownLongest) ownLongest = value.length;
      }
      const isNear = own + (texts.length + 1) * longest.characters > charactersSafe;
      if (isNear && couldPass(row.key, own) && passes(row)) return true;
      longest.note(ownLongest);
      return false;
    },
  };
}
