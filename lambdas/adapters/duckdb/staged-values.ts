import { BIGINT, DOUBLE, type DuckDBType, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { Integer, Member } from '../../domain/column-type.ts';
import type { Cell } from '../../domain/row.ts';
import type { StampPlace } from '../../domain/segment.ts';
import type { ColumnRange } from '../../domain/segment-ranges.ts';
import { noStamp, type Stamp } from '../../domain/version.ts';

/** Values of one column, and the type that they are appended as. */
export interface StagedValues {
  readonly type: DuckDBType;
  readonly values: readonly DuckDBValue[];
}

/** A column of the table that rows are appended to, on their way into a file. */
export interface StagedColumn extends StagedValues {
  readonly name: string;
}

/** What is appended, and the file's columns as expressions over it. */
export interface Staged {
  readonly columns: readonly StagedColumn[];
  readonly select: readonly string[];
}

/** A column that has cells. */
export interface StagedCells extends Staged {
  readonly place: StampPlace;
  /** Finds the range of a scalar column's values. */
  readonly range?: () => ColumnRange | undefined;
}

/** Gathers the cells of one column, row by row. */
export interface ColumnStage {
  /** @param rowStamp the stamp that made the cell's row exist, or `noStamp` */
  add(cell: Cell | undefined, rowStamp: Stamp): void;
  /** All that was added; undefined when there was no cell. */
  staged(): StagedCells | undefined;
}

/** Whole numbers: as doubles when all are exact there, which saves making a bigint of each. */
export function integers(values: readonly (Integer | null)[]): StagedValues {
  if (!values.some(isBig)) return { type: DOUBLE, values };
  return { type: BIGINT, values: values.map((value) => (value === null ? null : BigInt(value))) };
}

export function texts(values: readonly (string | null)[]): StagedValues {
  return { type: VARCHAR, values };
}

export function stamps(values: readonly Stamp[]): StagedValues {
  return { type: VARCHAR, values: values.map((stamp) => (stamp === noStamp ? null : stamp)) };
}

/** Lists of members, whole numbers as `integers` has them. */
export function memberLists(lists: readonly (readonly Member[] | null)[], isText: boolean): StagedValues {
  if (isText) return { type: LIST(VARCHAR), values: lists.map(listOf) };
  if (!lists.some((list) => list?.some(isBig))) return { type: LIST(DOUBLE), values: lists.map(listOf) };
  const exact = (list: readonly Member[] | null) => list?.map((member) => BigInt(member)) ?? null;
  return { type: LIST(BIGINT), values: lists.map((list) => listOf(exact(list))) };
}

export function listOf(items: readonly DuckDBValue[] | null): DuckDBValue {
  return items === null ? null : listValue(items);
}

function isBig(value: Member | null): boolean {
  return typeof value === 'bigint';
}
