import { isSetType, type Member, type Scalar } from '../../lambdas/domain/column-type.ts';
import { columnPlaces, rowState } from '../../lambdas/domain/merge/row-state.ts';
import { memberKey } from '../../lambdas/domain/merge.ts';
import type { MappedValue } from '../../lambdas/domain/outcome.ts';
import type { Cell, RowKey, RowState, VisibleRow } from '../../lambdas/domain/row.ts';
import type { Column } from '../../lambdas/domain/table.ts';
import { noStamp, type Stamp } from '../../lambdas/domain/version.ts';

type Values = Readonly<Record<string, MappedValue>>;

/** One write to a row, by column names. */
export type Operation =
  /** A record: makes the row exist and writes the values. */
  | { readonly put: Values }
  /** Writes the values, and shows only if the row exists. */
  | { readonly update: Values }
  /** Takes one member out of a set. */
  | { readonly remove: Readonly<Record<string, Member>> }
  | { readonly delete: true };

/** What an operation says of its row. */
export function operationState(
  operation: Operation,
  stamp: Stamp,
  columns: readonly Column[],
  key: RowKey = 1,
  timeMs?: number,
): RowState {
  if ('delete' in operation) return mapped('delete', {}, stamp, columns, key);
  if ('put' in operation) return mapped('put', operation.put, stamp, columns, key, timeMs);
  if ('update' in operation) {
    return { ...mapped('put', operation.update, stamp, columns, key, timeMs), exists: noStamp };
  }
  const cells = columns.map(({ name }): Cell | undefined => {
    const member = operation.remove[name];
    if (member === undefined) return undefined;
    const members = new Map([[memberKey(member), { member, stamp, present: false }]]);
    return { cleared: noStamp, touched: noStamp, members };
  });
  return { key, exists: noStamp, tombstone: noStamp, cells };
}

function mapped(
  op: 'put' | 'delete',
  values: Values,
  stamp: Stamp,
  columns: readonly Column[],
  key: RowKey,
  timeMs?: number,
): RowState {
  const items = columns.map(({ id, name, type }) => ({ columnId: id, name, path: [name], type }));
  const row = { kind: 'row' as const, op, key, values: columns.map(({ name }) => values[name]) };
  return rowState(timeMs === undefined ? row : { ...row, timeMs }, stamp, items, columns, columnPlaces(items, columns));
}

/**
 * The oracle: applies operations one after the other, oldest first, to an ordinary mutable row. Knows no stamps, no
 * tombstones and no merging.
 */
export function applyInOrder(
  operations: readonly Operation[],
  columns: readonly Column[],
): VisibleRow['values'] | undefined {
  let exists = false;
  const values = new Map<string, Scalar | null>();
  const sets = new Map<string, Set<Member>>();
  for (const operation of operations) {
    if ('delete' in operation) {
      exists = false;
      values.clear();
      sets.clear();
    } else if ('remove' in operation) {
      for (const [name, member] of Object.entries(operation.remove)) sets.get(name)?.delete(member);
    } else {
      exists ||= 'put' in operation;
      for (const [name, value] of Object.entries('put' in operation ? operation.put : operation.update)) {
        if (value === undefined) continue;
        if (value === null) {
          values.delete(name);
          sets.delete(name);
        } else if (Array.isArray(value)) sets.set(name, new Set([...(sets.get(name) ?? []), ...value]));
        else values.set(name, value as Scalar);
      }
    }
  }
  if (!exists) return undefined;
  return columns.map(({ name, type }) => {
    if (!isSetType(type.type)) return values.get(name) ?? null;
    const members = sets.get(name);
    return members ? [...members].sort((a, b) => (a < b ? -1 : 1)) : null;
  });
}
