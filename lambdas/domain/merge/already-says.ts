import { beatsMember, beatsScalar, isSetCell, survivingCell } from '../merge.ts';
import type { Cell, RowState, SetCell } from '../row.ts';

/**
 * Whether a state says all that a write says, so that joining the two gives the state again. Looks at what the write
 * holds only, where a join would copy the whole state.
 */
export function alreadySays(state: RowState, write: RowState): boolean {
  if (write.tombstone > state.tombstone) return false;
  if (write.exists > state.exists && write.exists > state.tombstone) return false;
  return write.cells.every((cell, i) => {
    const left = survivingCell(cell, state.tombstone);
    return left === undefined || cellSays(state.cells[i], left);
  });
}

function cellSays(stored: Cell | undefined, write: Cell): boolean {
  if (stored === undefined) return false;
  if (isSetCell(stored) && isSetCell(write)) return setSays(stored, write);
  return !isSetCell(stored) && !isSetCell(write) && !beatsScalar(write, stored);
}

function setSays({ cleared, touched, members }: SetCell, write: SetCell): boolean {
  if (write.cleared > cleared || (write.touched > touched && write.touched > cleared)) return false;
  for (const [name, op] of write.members) {
    const stored = members.get(name);
    if (op.stamp > cleared && (stored === undefined || beatsMember(op, stored))) return false;
  }
  return true;
}
