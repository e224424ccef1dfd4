import type { DatabaseSync } from 'node:sqlite';
import type { KeyType, TableShape } from '../../domain/table.ts';
import { startLongestCell } from './sqlite-longest-cell.ts';
import { addColumnSql, createRowsSql, type StoredColumn, storedColumnsOf } from './sqlite-row-statements.ts';

/** What a table's file looks like now. */
export interface RowSchema {
  readonly keyType: KeyType;
  readonly columns: readonly StoredColumn[];
}

/** The schema of a table's file; undefined when it holds no table (its creation was cut short). */
export function findRowSchema(database: DatabaseSync): RowSchema | undefined {
  const found = database.prepare(`SELECT name, type FROM pragma_table_info('rows')`).all();
  if (found.length === 0) return undefined;
  const key = found.find(({ name }) => name === 'key');
  return {
    keyType: key?.['type'] === 'INTEGER' ? 'id' : 'string',
    columns: storedColumnsOf(found.map(({ name }) => String(name))),
  };
}

/**
 * Makes the file hold what `table` needs: its columns, and keys of its type. The key type may change while the file has
 * no rows, because a table of the /v1 dialect is made before its first sink says how rows are keyed.
 * Runs inside the caller's transaction.
 * @returns the schema that the file has then
 * @throws when rows are there under the other key type
 */
export function fitRowSchema(database: DatabaseSync, table: TableShape): RowSchema {
  const before = findRowSchema(database);
  const rekey = before !== undefined && before.keyType !== table.keyType;
  if (rekey && database.prepare('SELECT 1 FROM rows LIMIT 1').get() !== undefined) {
    throw new Error(`the rows of table ${table.id} are keyed by ${before.keyType}, not by ${table.keyType}`);
  }
  if (rekey) database.exec('DROP TABLE rows');
  if (before === undefined || rekey) {
    database.exec(createRowsSql(table.keyType));
    startLongestCell(database);
  }
  const known = new Set(rekey ? [] : before?.columns.map(({ id }) => id));
  const missing = table.columns.filter(({ id }) => !known.has(id));
  for (const column of missing) database.exec(addColumnSql(column));
  return findRowSchema(database)!;
}
