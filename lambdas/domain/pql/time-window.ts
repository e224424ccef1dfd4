import { isQuantumType } from '../column-type.ts';
import { truncateTime } from '../merge/time-quantum.ts';
import { memberColumn } from '../sql/condition.ts';
import { type ColumnRef, timeViewsOf } from '../sql/queryable-table.ts';
import { misused, type PqlOptions } from './pql-options.ts';
import type { PqlScope } from './pql-scope.ts';
import type { PqlCall } from './pql-tree.ts';

/** Options that choose time views. */
export const windowOptions = ['from', 'to'] as const;

/** The time views of one quantum column within bounds, as the relation `w`. */
export interface TimeWindow {
  /** SQL of a FROM item. */
  readonly from: string;
  /** SQL of the condition that picks the column's views in the window. */
  readonly where: string;
  /** The member that a view is of. */
  readonly member: ColumnRef;
}

/**
 * The window of a call's `from` (inclusive) and `to` (exclusive), both cut to the column's finest view (FeatureBase PQL,
 * time ranges); undefined when the call has neither. Buckets are text whose order is the order of time.
 * @throws Problem when the column keeps no time views or a bound is no time
 */
export function timeWindow(
  call: PqlCall,
  options: PqlOptions,
  column: ColumnRef,
  scope: PqlScope,
): TimeWindow | undefined {
  const from = options.text('from');
  const to = options.text('to');
  if (from === undefined && to === undefined) return undefined;
  const { type } = column;
  if (!isQuantumType(type.type) || !('quantum' in type))
    throw misused(call, `has from or to, but field '${column.name}' keeps no time views`);
  const bound = (text: string) => `CAST(${scope.bind(truncateTime(text, type.quantum))} AS VARCHAR)`;
  const conditions = [
    `w."column" = CAST(${scope.bind(column.name)} AS VARCHAR)`,
    ...(from === undefined ? [] : [`w.bucket >= ${bound(from)}`]),
    ...(to === undefined ? [] : [`w.bucket < ${bound(to)}`]),
  ];
  // Views of all columns stand in one relation, so text of other columns may be seen before it is filtered out.
  const member = type.type === 'idsetq' ? 'TRY_CAST(w.member AS BIGINT)' : 'w.member';
  return {
    from: `${timeViewsOf(scope.table)} AS w`,
    where: conditions.join(' AND '),
    member: memberColumn(column, member),
  };
}
