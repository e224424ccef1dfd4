import { formatRfc3339 } from '../../lambdas/domain/coercion/rfc3339.ts';
import { instantOf } from '../../lambdas/domain/coercion/timestamp-unit.ts';
import type { ColumnType, Integer, Member, Scalar } from '../../lambdas/domain/column-type.ts';
import { compareScalars } from '../../lambdas/domain/merge/scalar-order.ts';
import { isSetCell, visibleRow } from '../../lambdas/domain/merge.ts';
import type { MemberOp, RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';
import type { ResultValue } from '../../lambdas/ports/query-engine.ts';

/** What `SELECT * FROM t ORDER BY _id` answers for these states (unique by key), by the merge rule's own reader. */
export function expectedRows(states: readonly RowState[], { columns }: TableShape): ResultValue[][] {
  return byKey(states).flatMap((state) => {
    const visible = visibleRow(state, columns);
    return visible ? [[visible.key, ...visible.values.map((value, i) => answerValue(value, columns[i]!.type))]] : [];
  });
}

/** What the time views of a table answer in the order of their columns: `_id`, column, member, bucket. */
export function expectedTimeViews(states: readonly RowState[], { columns }: TableShape): ResultValue[][] {
  const views = states.flatMap((state) => {
    if (visibleRow(state, columns) === undefined) return [];
    return columns.flatMap((column, i) => {
      const cell = state.cells[i];
      if (cell === undefined || !isSetCell(cell)) return [];
      const isShown = ({ bucket, present, stamp }: MemberOp) =>
        bucket !== undefined && present && stamp > cell.cleared && stamp > state.tombstone;
      const shown = [...cell.members.values()].filter(isShown);
      return shown.map((op): [RowKey, string, string, string] => [state.key, column.name, `${op.member}`, op.bucket!]);
    });
  });
  return views.sort((a, b) => a.map((part, i) => compareScalars(part, b[i]!)).find((order) => order !== 0) ?? 0);
}

function answerValue(value: Scalar | readonly Member[] | null, type: ColumnType): ResultValue {
  if (value === null || typeof value === 'object') return value;
  if (type.type === 'decimal') return decimalText(value as Integer, type.scale);
  return type.type === 'timestamp' ? formatRfc3339(instantOf(value as Integer, type.unit)) : value;
}

function decimalText(scaled: Integer, scale: number): string {
  const digits = String(scaled < 0 ? -scaled : scaled).padStart(scale + 1, '0');
  const sign = scaled < 0 ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function byKey(states: readonly RowState[]): RowState[] {
  return [...states].sort((a, b) => compareScalars(a.key, b.key));
}
