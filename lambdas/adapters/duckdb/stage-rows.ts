import type { Integer } from '../../domain/column-type.ts';
import type { ColumnId } from '../../domain/ids.ts';
import { survivingCell } from '../../domain/merge.ts';
import type { RowKey, RowState } from '../../domain/row.ts';
import type { SegmentRanges, StampPlace } from '../../domain/segment.ts';
import { type ColumnRange, rangedColumnsMax, rangeOfSorted } from '../../domain/segment-ranges.ts';
import type { TableShape } from '../../domain/table.ts';
import { noStamp, type Stamp } from '../../domain/version.ts';
import { isSetColumn } from './segment-format.ts';
import { stageScalars } from './stage-scalars.ts';
import { stageSets } from './stage-sets.ts';
import { integers, type Staged, type StagedCells, stamps, texts } from './staged-values.ts';

export interface StagedRows extends Staged {
  readonly places: Readonly<Record<ColumnId, StampPlace>>;
  /** Undefined when that of the keys can't be told in few characters. */
  readonly ranges: SegmentRanges | undefined;
}

/**
 * Lays rows out by column, as the file has them. Columns without any cell are left out. Goes through the rows once, row
 * by row: cells of one row lie together in memory, and to look for each column in turn took three times as long.
 * @param rows sorted by key
 */
export function stageRows(table: TableShape, rows: readonly RowState[]): StagedRows {
  const exists: Stamp[] = [];
  const deleted: Stamp[] = [];
  const stages = table.columns.map((column) => (isSetColumn(column) ? stageSets : stageScalars)(column, exists));
  for (const row of rows) {
    const state = withoutBeaten(row);
    exists.push(state.exists);
    deleted.push(state.tombstone);
    for (let i = 0; i < stages.length; i++) stages[i]!.add(state.cells[i], state.exists);
  }
  const isText = table.keyType === 'string';
  const keys = rows.map(({ key }) => key);
  const staged = stages.map((stage) => stage.staged());
  const places = table.columns.flatMap(({ id }, i) => (staged[i] ? [[id, staged[i].place] as const] : []));
  return {
    columns: [
      { name: 'key', ...(isText ? texts(keys as readonly string[]) : integers(keys as readonly Integer[])) },
      { name: 'exists_at', ...stamps(exists) },
      { name: 'deleted_at', ...stamps(deleted) },
      ...staged.flatMap((column) => column?.columns ?? []),
    ],
    select: [
      isText ? 'key' : 'CAST(key AS BIGINT) AS key',
      'exists_at',
      'deleted_at',
      'exists_at IS NULL AS gone',
      ...staged.flatMap((column) => column?.select ?? []),
    ],
    places: Object.fromEntries(places),
    ranges: rangesOf(table, keys, staged),
  };
}

function rangesOf(
  { columns }: TableShape,
  keys: readonly RowKey[],
  staged: readonly (StagedCells | undefined)[],
): SegmentRanges | undefined {
  const key = rangeOfSorted(keys);
  if (key === undefined) return undefined;
  const scalars = columns.flatMap(({ id }, i) => (staged[i]?.range ? [{ id, range: staged[i].range }] : []));
  const ranges = scalars.slice(0, rangedColumnsMax).flatMap(({ id, range }): [ColumnId, ColumnRange][] => {
    const found = range();
    return found === undefined ? [] : [[id, found]];
  });
  return { key, columns: Object.fromEntries(ranges) };
}

/** The state without what its tombstone has beaten. */
function withoutBeaten(row: RowState): RowState {
  const { tombstone } = row;
  if (tombstone === noStamp) return row;
  const exists = row.exists > tombstone ? row.exists : noStamp;
  return { ...row, exists, cells: row.cells.map((cell) => survivingCell(cell, tombstone)) };
}
