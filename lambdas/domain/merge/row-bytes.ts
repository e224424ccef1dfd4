import { isSetType, type Member, type Scalar } from '../column-type.ts';
import { rowBytesMax } from '../limits.ts';
import { isSetCell } from '../merge.ts';
import type { RowState, ScalarCell, SetCell } from '../row.ts';
import type { Column } from '../table.ts';
import { producerStampLength, type Stamp, stampLength } from '../version.ts';
import { stampsOf } from './stamps-of.ts';

/** Of every row: its number key, and what a store writes of it besides cells, stamps of existence and delete included. */
const rowBaseBytes = 140;
/** Of every set cell: the stamp of its last clear, so that no clear makes a cell larger, and its marks in `_v`. */
const setBaseBytes = 40;
/** Of each stamp that a row has besides `exists`: its characters and their marks. */
const stampBytes = stampLength + 3;
/** By how much longer the stamps are in a table whose producers have a clock of their own. */
const longerStampBytes = producerStampLength - stampLength;
/** Of how many stamps the room is part of `rowBaseBytes`: `exists` and the tombstone. */
const baseStamps = 2;
/** Marks of each group of scalar cells (of one stamp), and of each group of a set's operations (of one stamp and bucket). */
const groupBytes = 10;
/** Longest form of a value that is neither text nor whole number: a timestamp in nanoseconds. */
const timestampBytes = 30;
/** Characters of a place among the stamps of a row, at most: a million stamps are far more than a row can hold. */
const placeBytesMax = 7;
/** Bytes that one character of a key, a text or a stored set cell stands for, at most: a set of one-digit members. */
const bytesPerCharacterMax = 6;

/**
 * How large a row is, the same in every place: about what it takes as an item of DynamoDB with all its versions
 * (`dynamo-row-item.ts`), and not less. Depends on what the state says alone, not on how it came about. A delete, or a
 * clear of a set that is not tiny, never makes a row larger.
 * @param columns in whose order the cells stand
 */
export function rowBytes(state: RowState, columns: readonly Column[]): number {
  const { key, exists, cells } = state;
  const stamps = new Set([exists]);
  const scalarStamps = new Set<Stamp>();
  const longer = hasLongStamps(state) ? longerStampBytes : 0;
  let bytes = rowBaseBytes + baseStamps * longer + (typeof key === 'string' ? Buffer.byteLength(key) : 0);
  let places = 0;
  cells.forEach((cell, i) => {
    if (cell === undefined) return;
    const column = columns[i]!;
    if (isSetCell(cell)) {
      const set = setBytes(cell, stamps);
      bytes += columnBytes(column) + set.bytes + longer;
      places += set.places;
    } else {
      bytes += scalarBytes(cell, column, exists);
      stamps.add(cell.stamp);
      scalarStamps.add(cell.stamp);
    }
  });
  bytes += (stamps.size - 1) * (stampBytes + longer) + scalarStamps.size * groupBytes;
  const placeBytes = String(stamps.size + columns.length + 2).length + 1;
  return bytes + (places + scalarStamps.size) * placeBytes;
}

/**
 * More than `rowBytes` of any row can be whose key, texts and set cells (as `encodeSetCell` writes them) have so many
 * characters together; also of the join of two rows that have so many together. So a store need not look at most rows.
 */
export function rowBytesAtMost(columns: readonly Column[], characters: number): number {
  return rowFixedBytes(columns) + bytesPerCharacterMax * characters;
}

/** How many characters the rows of these columns may have, by `rowBytesAtMost`, without passing `bytesMax`. */
export function rowCharactersSafe(columns: readonly Column[], bytesMax: number): number {
  return (bytesMax - rowFixedBytes(columns)) / bytesPerCharacterMax;
}

/**
 * Whether a row must keep the state it had: the limit is passed, and not by a row that was as large before.
 * @param stored the state before the merge, if there was one
 */
export function growsTooLarge(
  stored: RowState | undefined,
  merged: RowState,
  columns: readonly Column[],
  bytesMax: number = rowBytesMax,
): boolean {
  const bytes = rowBytes(merged, columns);
  return bytes > bytesMax && (stored === undefined || bytes > rowBytes(stored, columns));
}

/** All stamps of a table have one length, so any of the row's tells. */
function hasLongStamps(state: RowState): boolean {
  for (const stamp of stampsOf(state)) return stamp.length > stampLength;
  return false;
}

/** Of a column that has a cell: its name, and its number once beside the value and once beside the stamp. */
function columnBytes({ id, name }: Column): number {
  return Buffer.byteLength(name) + 2 * id.length + 1;
}

function scalarBytes({ stamp, value }: ScalarCell, column: Column, exists: Stamp): number {
  if (value === null) return column.id.length + 1;
  const ofStamp = stamp === exists ? column.id.length : 0;
  const ofValue = column.type.type === 'timestamp' ? timestampBytes : valueBytes(value);
  return columnBytes(column) - column.id.length + ofStamp + ofValue;
}

/** DynamoDB takes a byte for two digits of a number, one for its sign and one more. */
function valueBytes(value: Scalar): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return typeof value === 'boolean' ? 1 : 1 + (value < 0 ? 1 : 0) + ((String(value).length + 1) >> 1);
}

/** Besides bytes, how often the cell refers to a stamp by its place. Adds its stamps to those of the row. */
function setBytes({ cleared, touched, members }: SetCell, stamps: Set<Stamp>) {
  const groups = new Set<string>();
  let bytes = setBaseBytes;
  let shown = 0;
  let firstStamp: Stamp | undefined;
  let ofOneStamp = true;
  stamps.add(touched);
  for (const { member, bucket = '', stamp, present } of members.values()) {
    stamps.add(stamp);
    if (present && bucket === '' && touched > cleared) {
      firstStamp ??= stamp;
      ofOneStamp &&= stamp === firstStamp;
      shown += 1;
      bytes += 1 + valueBytes(member);
      continue;
    }
    const group = `${stamp} ${present} ${bucket}`;
    if (!groups.has(group)) bytes += groupBytes + bucket.length;
    groups.add(group);
    bytes += operationBytes(member);
  }
  return { bytes, places: 3 + groups.size + (ofOneStamp ? 0 : shown) };
}

/** A member within JSON, with its comma. */
function operationBytes(member: Member): number {
  if (typeof member === 'string') return Buffer.byteLength(JSON.stringify(member)) + 1;
  return String(member).length + (typeof member === 'bigint' ? 5 : 1);
}

/**
 * The part of `rowBytesAtMost` that no text has a share in: every column has a cell, each of a stamp of its own, of the
 * longer kind.
 */
function rowFixedBytes(columns: readonly Column[]): number {
  const cells = columns.reduce((sum, column) => {
    const isSet = isSetType(column.type.type);
    const ofKind = isSet ? setBaseBytes + longerStampBytes + 3 * placeBytesMax : timestampBytes;
    return sum + columnBytes(column) + stampBytes + longerStampBytes + groupBytes + placeBytesMax + ofKind;
  }, 0);
  return rowBaseBytes + baseStamps * longerStampBytes + cells;
}
