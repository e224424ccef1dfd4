import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { ColumnId, TableId } from '../../lambdas/domain/ids.ts';
import { visibleRow } from '../../lambdas/domain/merge.ts';
import type { MappedValue } from '../../lambdas/domain/outcome.ts';
import type { RowKey, RowState } from '../../lambdas/domain/row.ts';
import type { Column, KeyType, TableShape } from '../../lambdas/domain/table.ts';
import type { RowStore } from '../../lambdas/ports/row-store.ts';
import { operationState } from '../support/row-history.ts';
import { waitUntil } from '../support/wait-until.ts';

let tables = 0;

/** An id that no other table of this file has. */
export function newTableId(): TableId {
  tables += 1;
  return `T${tables}` as TableId;
}

/** A table with columns `c1`, `c2` ... of these types. */
export function newTable(types: readonly ColumnType[], keyType: KeyType = 'id'): TableShape {
  const columns = types.map((type, i): Column => ({ id: `c${i + 1}` as ColumnId, name: `n${i + 1}`, type }));
  return { id: newTableId(), keyType, columns };
}

/** The table with one more column, whose id it never had. */
export function withColumn(table: TableShape, type: ColumnType): TableShape {
  return { ...table, columns: [...table.columns, { id: 'c900' as ColumnId, name: 'n900', type }] };
}

/** Makes the store of a table and waits until rows may come. */
export async function active(store: RowStore, table: TableShape): Promise<void> {
  await store.create(table);
  await waitUntil(`the store of ${table.id} is active`, async () =>
    (await store.status(table.id)) === 'active' ? true : undefined,
  );
}

/** One record of these values, in the order of the table's columns. */
export function put({ columns }: TableShape, key: RowKey, values: readonly MappedValue[], stamp = '1'): RowState {
  const byName = Object.fromEntries(columns.map(({ name }, i) => [name, values[i]]));
  return operationState({ put: byName }, stamp, columns, key);
}

/** What readers see of the rows. */
export async function valuesOf(store: RowStore, table: TableShape, keys: readonly RowKey[]) {
  const states = await store.get(table, keys);
  return states.map((state) => (state && visibleRow(state, table.columns))?.values);
}
