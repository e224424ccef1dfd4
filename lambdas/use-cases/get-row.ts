import type { Caller } from '../domain/caller.ts';
import { shown } from '../domain/coercion/misfit.ts';
import { normalInteger } from '../domain/column-type.ts';
import type { DatabaseId } from '../domain/ids.ts';
import { integerMax, rowKeyBytesMax } from '../domain/limits.ts';
import { isKeyTooLong } from '../domain/mapping/row-key.ts';
import { oldestBuckets } from '../domain/merge/time-quantum.ts';
import { visibleRow } from '../domain/merge.ts';
import { Problem } from '../domain/problem.ts';
import type { RowKey, VisibleRow } from '../domain/row.ts';
import { type KeyType, shapeOf, type Table } from '../domain/table.ts';
import type { Clock } from '../ports/clock.ts';
import type { RowStore } from '../ports/row-store.ts';
import { getTable, type ReadTablesPorts } from './read-tables.ts';

export interface GetRowPorts extends ReadTablesPorts {
  readonly rowStore: ReadTablesPorts['rowStore'] & Pick<RowStore, 'get'>;
  readonly clock: Clock;
}

/**
 * One row by its key, straight from the row store.
 * @param key the key as text: digits for a table whose rows are named by numbers
 * @throws Problem `not_found` when there is no such table, or no row that a reader may see
 */
export async function getRow(
  ports: GetRowPorts,
  caller: Caller,
  { databaseId, tableName, key }: { readonly databaseId: DatabaseId; readonly tableName: string; readonly key: string },
): Promise<{ readonly table: Table; readonly row: VisibleRow }> {
  const table = await getTable(ports, caller, { databaseId, name: tableName });
  const row = table.keyType === undefined ? undefined : await rowOf(ports, table, table.keyType, key);
  if (!row) throw new Problem('not_found', `Table '${table.name}' has no row ${shown(key)}.`);
  return { table, row };
}

async function rowOf(ports: GetRowPorts, table: Table, keyType: KeyType, key: string): Promise<VisibleRow | undefined> {
  const rowKey = rowKeyOf(keyType, key);
  if (table.status !== 'ACTIVE')
    throw new Problem('incorrect_state', `Table '${table.name}' is ${table.status}; rows are read once it is ACTIVE.`);
  const [state] = await ports.rowStore.get(shapeOf(table), [rowKey]);
  return state && visibleRow(state, table.columns, oldestBuckets(table.columns, ports.clock.now()));
}

/**
 * The key of a row out of the text that a path has.
 * @throws Problem `invalid_parameter` for a text that names no row of such a table
 */
export function rowKeyOf(keyType: KeyType, key: string): RowKey {
  if (keyType === 'string') {
    if (!isKeyTooLong(key)) return key;
    throw new Problem('invalid_parameter', `A row's name has at most ${rowKeyBytesMax} bytes in UTF-8.`, {
      parameter: 'id',
    });
  }
  if (!/^\d{1,19}$/.test(key) || BigInt(key) > integerMax)
    throw new Problem(
      'invalid_parameter',
      `The table's rows are named by whole numbers from 0 to ${integerMax}, not ${shown(key)}.`,
      {
        parameter: 'id',
      },
    );
  return normalInteger(BigInt(key));
}
