import { type ColumnType, hasOnlyTimeViews, type Member } from './column-type.ts';
import { compareScalars } from './merge/scalar-order.ts';
import type { OldestBuckets } from './merge/time-quantum.ts';
import type { Cell, MemberOp, RowState, ScalarCell, SetCell, VisibleRow } from './row.ts';
import type { Column } from './table.ts';
import { noStamp, type Stamp } from './version.ts';

/**
 * The merge rule. Joining what two writes say of a row is commutative, associative and idempotent, so batches may come
 * late, twice or in any order: only stamps decide. What a tombstone or a null has beaten is forgotten at once: it could
 * never show again, because whatever joins this state later meets the same tombstone. So a deleted row's values are
 * really gone, and two states say the same only if they are the same.
 *
 * Both must be single writes or results of this function, with cells in the order of the same columns.
 */
export function mergeRows(a: RowState, b: RowState): RowState {
  const tombstone = newest(a.tombstone, b.tombstone);
  const exists = unlessBeaten(newest(a.exists, b.exists), tombstone);
  const cells: (Cell | undefined)[] = [];
  for (let i = 0; i < Math.max(a.cells.length, b.cells.length); i++) {
    cells.push(survivingCell(mergeCells(a.cells[i], b.cells[i]), tombstone));
  }
  return { key: a.key, exists, tombstone, cells };
}

/**
 * Joins two cells of one column, without their row's tombstone. Scalars: the higher stamp; on equal stamps, which only
 * a record that was once read differently could bring, the higher value. Sets: member by member.
 */
export function mergeCells(a: Cell | undefined, b: Cell | undefined): Cell | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (isSetCell(a) && isSetCell(b)) return mergeSets(a, b);
  if (isSetCell(a) || isSetCell(b)) throw new TypeError('one column cannot have a scalar cell and a set cell');
  return beatsScalar(b, a) ? b : a;
}

/** Whether a scalar cell takes the place of another. */
export function beatsScalar(a: ScalarCell, b: ScalarCell): boolean {
  return a.stamp > b.stamp || (a.stamp === b.stamp && compareScalars(a.value, b.value) > 0);
}

function mergeSets(a: SetCell, b: SetCell): SetCell {
  const cleared = newest(a.cleared, b.cleared);
  const members = new Map<string, MemberOp>();
  for (const side of [a.members, b.members]) {
    for (const [name, op] of side) {
      const other = members.get(name);
      if (op.stamp > cleared && (other === undefined || beatsMember(op, other))) members.set(name, op);
    }
  }
  return { cleared, touched: unlessBeaten(newest(a.touched, b.touched), cleared), members };
}

/** Whether an operation on a member takes the place of another: on equal stamps a remove beats an add. */
export function beatsMember(a: MemberOp, b: MemberOp): boolean {
  return a.stamp > b.stamp || (a.stamp === b.stamp && b.present && !a.present);
}

/** What is left of a cell once its row was deleted: the part that is newer than the tombstone, if any. */
export function survivingCell(cell: Cell | undefined, tombstone: Stamp): Cell | undefined {
  if (cell === undefined || tombstone === noStamp) return cell;
  if (!isSetCell(cell)) return cell.stamp > tombstone ? cell : undefined;
  const cleared = unlessBeaten(cell.cleared, tombstone);
  const touched = unlessBeaten(cell.touched, tombstone);
  const members = new Map([...cell.members].filter(([, op]) => op.stamp > tombstone));
  return cleared === noStamp && touched === noStamp && members.size === 0 ? undefined : { cleared, touched, members };
}

/** One state a key, in order of first sight: what a whole batch says before it meets the store. */
export function coalesce(rows: Iterable<RowState>): RowState[] {
  const byKey = new Map<RowState['key'], RowState | RowState[]>();
  for (const row of rows) {
    const earlier = byKey.get(row.key);
    if (Array.isArray(earlier)) earlier.push(row);
    else byKey.set(row.key, earlier === undefined ? row : [earlier, row]);
  }
  return Array.from(byKey.values(), (row) => (Array.isArray(row) ? joinRows(row) : row));
}

/**
 * Joins states (at least one) of one row, by halves: joined one after the other, the members of a set that grows would be
 * copied for each of them.
 */
export function joinRows(rows: readonly RowState[]): RowState {
  if (rows.length === 1) return rows[0]!;
  const half = Math.ceil(rows.length / 2);
  return mergeRows(joinRows(rows.slice(0, half)), joinRows(rows.slice(half)));
}

/**
 * What a reader sees: undefined unless the row was made to exist after it was last deleted. Right for any state, also
 * one that still carries what its tombstone has beaten (as rows read from segments may).
 * @param oldest buckets from which on time views count
 */
export function visibleRow(
  state: RowState,
  columns: readonly Column[],
  oldest: OldestBuckets = {},
): VisibleRow | undefined {
  if (state.exists <= state.tombstone) return undefined;
  const values = columns.map(({ id, type }, i) => visibleValue(state.cells[i], state.tombstone, type, oldest[id]));
  return { key: state.key, values };
}

function visibleValue(
  cell: Cell | undefined,
  tombstone: Stamp,
  type: ColumnType,
  oldest = '',
): VisibleRow['values'][number] {
  if (cell === undefined) return null;
  if (!isSetCell(cell)) return cell.stamp > tombstone ? cell.value : null;
  const limit = newest(cell.cleared, tombstone);
  if (cell.touched <= limit) return null;
  const isShown = hasOnlyTimeViews(type)
    ? ({ bucket }: MemberOp) => bucket !== undefined && bucket >= oldest
    : ({ bucket }: MemberOp) => bucket === undefined;
  const members = new Set<Member>();
  for (const op of cell.members.values()) if (op.present && op.stamp > limit && isShown(op)) members.add(op.member);
  return [...members].sort(compareScalars);
}

/** Whether two states of one row say the same. */
export function sameState(a: RowState, b: RowState): boolean {
  if (a.key !== b.key || a.exists !== b.exists || a.tombstone !== b.tombstone) return false;
  for (let i = 0; i < Math.max(a.cells.length, b.cells.length); i++) {
    if (!sameCell(a.cells[i], b.cells[i])) return false;
  }
  return true;
}

/** Whether two cells of one column say the same; in which order members were met does not matter. */
export function sameCell(a: Cell | undefined, b: Cell | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (!isSetCell(a) || !isSetCell(b)) {
    return !isSetCell(a) && !isSetCell(b) && a.stamp === b.stamp && a.value === b.value;
  }
  if (a.cleared !== b.cleared || a.touched !== b.touched || a.members.size !== b.members.size) return false;
  for (const [name, op] of a.members) {
    const other = b.members.get(name);
    if (other === undefined || other.stamp !== op.stamp || other.present !== op.present) return false;
  }
  return true;
}

/** True for cells that hold members instead of one value. */
export function isSetCell(cell: Cell): cell is SetCell {
  return 'members' in cell;
}

/** Name of a member, or of (member, time bucket), within its cell. No bucket holds a `|`, so no two names meet. */
export function memberKey(member: Member, bucket = ''): string {
  return `${bucket}|${member}`;
}

function newest(a: Stamp, b: Stamp): Stamp {
  return a > b ? a : b;
}

function unlessBeaten(stamp: Stamp, limit: Stamp): Stamp {
  return stamp > limit ? stamp : noStamp;
}
