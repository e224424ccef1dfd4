import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TableId } from '../../domain/ids.ts';
import { rowBytesMax } from '../../domain/limits.ts';
import type { RowKey, RowState } from '../../domain/row.ts';
import type { RowStore } from '../../ports/row-store.ts';
import { createRowTable, openRowTable, type RowTable } from './sqlite-row-table.ts';
import { makeFolder, syncFolder } from './sync-folder.ts';

/** Files that one store keeps open; each is up to three file descriptors. The one used longest ago is closed. */
const openTablesMax = 100;
/** Rows that a scan reads at a time, between which other work of the thread goes on. */
const scanRowsMax = 1_000;

interface OpenTable extends RowTable {
  readonly inode: bigint;
}

/**
 * Rows in SQLite, one file per table: `<directory>/<table id>.db`. Each thread makes its own store over the same
 * directory: one merges while others read. A table that another store dropped is noticed at the next call, because its
 * file is gone or another.
 * @param bytesMax limit of a row's bytes; tests need not make large rows
 */
export function makeSqliteRowStore(directory: string, bytesMax = rowBytesMax): RowStore & { close(): void } {
  const tables = new Map<TableId, OpenTable>();
  let closed = false;

  function fileOf(tableId: TableId): string {
    if (closed) throw new Error('the row store is closed');
    if (!/^[\w-]+$/.test(tableId)) throw new RangeError('a table id is made of letters, digits, _ and -');
    return join(directory, `${tableId}.db`);
  }

  function find(tableId: TableId): RowTable | undefined {
    const file = fileOf(tableId);
    const inode = statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
    const known = tables.get(tableId);
    tables.delete(tableId);
    if (known !== undefined && known.inode === inode) return keep(tableId, known);
    known?.close();
    if (inode === undefined) return undefined;
    const opened = openRowTable(file, bytesMax);
    return opened && keep(tableId, { ...opened, inode });
  }

  /** The map stands in order of use, latest last. */
  function keep(tableId: TableId, table: OpenTable): OpenTable {
    tables.set(tableId, table);
    for (const [other, { close }] of tables) {
      if (tables.size <= openTablesMax) break;
      tables.delete(other);
      close();
    }
    return table;
  }

  return {
    async create(table) {
      if (find(table.id)) return;
      await makeFolder(directory);
      const file = fileOf(table.id);
      // A log left by a drop that was cut short must not be taken for this file's.
      if (statSync(file, { throwIfNoEntry: false }) === undefined) removeFiles(file);
      createRowTable(file, table);
      await syncFolder(directory);
    },
    async status(tableId) {
      return find(tableId) ? 'active' : 'absent';
    },
    async drop(tableId) {
      const file = fileOf(tableId);
      tables.get(tableId)?.close();
      tables.delete(tableId);
      removeFiles(file);
    },
    async merge(table, rows) {
      const found = find(table.id);
      if (!found) throw new Error(`table ${table.id} has no row store`);
      return rows.length === 0 ? [] : found.merge(table, rows);
    },
    async get(table, keys) {
      return find(table.id)?.get(table, keys) ?? keys.map(() => undefined);
    },
    async *scan(table) {
      let rows: RowState[];
      let after: RowKey | undefined;
      do {
        rows = find(table.id)?.read(table, after, scanRowsMax) ?? [];
        yield* rows;
        after = rows.at(-1)?.key;
        await setImmediate();
      } while (rows.length === scanRowsMax);
    },
    close() {
      closed = true;
      for (const { close } of tables.values()) close();
      tables.clear();
    },
  };
}

/** The file itself first: without it the table is gone, whatever else a crash leaves. */
function removeFiles(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
