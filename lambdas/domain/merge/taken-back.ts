import { isSetCell } from '../merge.ts';
import type { Cell, MemberOp, RowState, SetCell } from '../row.ts';
import { noStamp, type Stamp } from '../version.ts';

/**
 * What a record says once a newer mapping revision reads it, of the cells and members that an older revision made of it
 * and the newer one does not: values become null, members are removed. All at the new stamp, so that it beats what the
 * old revision wrote and nothing of any later record.
 *
 * Not taken back, because no row keeps what it would take: that the row exists, that a set was written (it is left
 * empty, not null), and what a null, a removal of members or a delete of the old revision has taken away.
 * @param earlier what the older revision made of the record
 * @param now what the newer one makes of it: of the same key where both have one
 * @param stamp of the record under the newer revision
 * @returns of the key of `earlier`; undefined where there is nothing to take back
 */
export function takenBack(earlier: RowState, now: RowState, stamp: Stamp): RowState | undefined {
  const sameKey = earlier.key === now.key;
  const cells = earlier.cells.map((cell, i) => cell && takenBackCell(cell, sameKey ? now.cells[i] : undefined, stamp));
  if (cells.every((cell) => cell === undefined)) return undefined;
  return { key: earlier.key, exists: noStamp, tombstone: noStamp, cells };
}

function takenBackCell(earlier: Cell, now: Cell | undefined, stamp: Stamp): Cell | undefined {
  if (!isSetCell(earlier)) return now === undefined ? { stamp, value: null } : undefined;
  const kept = now && isSetCell(now) ? now.members : none;
  const members = new Map<string, MemberOp>();
  for (const [name, op] of earlier.members) {
    if (op.present && !kept.has(name)) members.set(name, { ...op, stamp, present: false });
  }
  return members.size === 0 ? undefined : { cleared: noStamp, touched: noStamp, members };
}

const none: SetCell['members'] = new Map();
