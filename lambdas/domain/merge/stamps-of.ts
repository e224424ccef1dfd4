import { isSetCell } from '../merge.ts';
import type { RowState } from '../row.ts';
import { noStamp, type Stamp } from '../version.ts';

/** Every stamp that a row holds, some more than once: its own, then those of its cells and their members. */
export function* stampsOf({ exists, tombstone, cells }: RowState): Generator<Stamp, void, undefined> {
  if (exists !== noStamp) yield exists;
  if (tombstone !== noStamp) yield tombstone;
  for (const cell of cells) {
    if (cell === undefined) continue;
    if (!isSetCell(cell)) {
      yield cell.stamp;
      continue;
    }
    if (cell.cleared !== noStamp) yield cell.cleared;
    if (cell.touched !== noStamp) yield cell.touched;
    for (const { stamp } of cell.members.values()) yield stamp;
  }
}
