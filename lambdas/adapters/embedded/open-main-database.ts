import { DatabaseSync } from 'node:sqlite';

/** Layout of the main database's tables; a file with a higher one was written by a newer Headgate. */
const layout = 1;

/**
 * Opens the SQLite file that holds items, queue, dead letters and the version ceiling, making it if need be. The log is
 * synced at every commit (`synchronous = FULL`), so a commit that returned survives a crash of the machine. It is copied
 * into the file every 1,000 pages, SQLite's default: larger logs saved nothing in our measurements and made the slowest
 * of a hundred commits take four times as long.
 * @throws when the file was written by a newer Headgate
 */
export function openMainDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA temp_store = MEMORY;
  `);
  const found = Number(database.prepare('PRAGMA user_version').get()!['user_version']);
  if (found > layout) {
    database.close();
    throw new Error(`${file} has layout ${found}, written by a newer Headgate; this one reads layout ${layout}.`);
  }
  database.exec(`PRAGMA user_version = ${layout}`);
  return database;
}
