import type { ColumnId, TableId } from '../../lambdas/domain/ids.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import { operationState } from '../support/row-history.ts';

/** The table that a killed process writes. */
export const killedTable: TableShape = {
  id: 'killed' as TableId,
  keyType: 'id',
  columns: [
    { id: 'c1' as ColumnId, name: 'round', type: { type: 'int' } },
    { id: 'c2' as ColumnId, name: 'rounds', type: { type: 'idset' } },
  ],
};

export const rowsPerRound = 200;

/** What a round writes: its number into every row, and into one set. */
export function roundRows(round: number): RowState[] {
  const stamp = String(round).padStart(10, '0');
  return Array.from({ length: rowsPerRound }, (_, key) =>
    operationState(
      { put: { round, ...(key === round % rowsPerRound && { rounds: [round] }) } },
      stamp,
      killedTable.columns,
      key,
    ),
  );
}
