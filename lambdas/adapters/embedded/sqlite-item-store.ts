import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock } from '../../ports/clock.ts';
import type { Item, ItemStore, ItemWrite } from '../../ports/item-store.ts';
import { assertTransaction, assertUnconditional, keyOfWrite } from '../../ports/item-writes.ts';
import type { TurnCommit } from './turn-commit.ts';

/** Above every sort key: U+10FFFF is no character. */
const afterAll = '\u{10FFFF}';

export interface SqliteItemStore extends ItemStore {
  /** Deletes up to `limit` items that expired before `nowSeconds`; readers do not see them any more in any case. */
  expireItems(nowSeconds: number, limit: number): Promise<number>;
}

interface StoredItem {
  readonly partition: string;
  readonly sort: string;
  readonly revision: number;
  readonly value: string;
  readonly expires: number | null;
}

/** Items in one table of the main database. */
export function makeSqliteItemStore(database: DatabaseSync, turn: TurnCommit, clock: Clock): SqliteItemStore {
  const statements = prepareStatements(database);
  const nowSeconds = () => clock.now() / 1_000;

  /** Called within the turn's transaction, so that nothing comes between the check and the write. */
  function holds(write: ItemWrite): boolean {
    if (write.if === undefined) return true;
    const { partition, sort } = keyOfWrite(write);
    const stored = statements.revision.get(partition, sort, nowSeconds()) as { revision: number } | undefined;
    if (write.if === 'absent') return stored === undefined;
    return stored !== undefined && (write.if === 'present' || stored.revision === write.if);
  }

  return {
    async get(keys) {
      const now = nowSeconds();
      return keys.map(({ partition, sort }) => {
        const stored = statements.get.get(partition, sort, now) as unknown as StoredItem | undefined;
        return stored && itemOf(stored);
      });
    },
    async query(partition, { prefix = '', after, limit = -1, newestFirst = false } = {}) {
      const last = prefix + afterAll;
      const from = after === undefined || newestFirst ? prefix : `${after}\0`;
      const to = newestFirst ? (after ?? last) : last;
      const statement = newestFirst ? statements.queryDown : statements.queryUp;
      const found = statement.all(partition, prefix, from, last, to, nowSeconds(), limit);
      return (found as unknown as StoredItem[]).map(itemOf);
    },
    async transact(writes) {
      assertTransaction(writes);
      const steps = writes.map((write) => stepOf(statements, write));
      return turn.write(() => {
        const failed = writes.findIndex((write) => !holds(write));
        if (failed >= 0) return failed;
        for (const step of steps) step();
        return undefined;
      });
    },
    async write(writes) {
      if (writes.length === 0) return;
      assertUnconditional(writes);
      const steps = writes.map((write) => stepOf(statements, write));
      await turn.write(() => {
        for (const step of steps) step();
      });
    },
    expireItems: (seconds, limit) => turn.write(() => Number(statements.expire.run(seconds, limit).changes)),
  };
}

function prepareStatements(database: DatabaseSync) {
  database.exec(`
    CREATE TABLE IF NOT EXISTS items (
      partition TEXT NOT NULL, sort TEXT NOT NULL, revision INTEGER NOT NULL, expires INTEGER, value TEXT NOT NULL,
      PRIMARY KEY (partition, sort)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS items_by_expiry ON items (expires) WHERE expires IS NOT NULL;
  `);
  const columns = 'partition, sort, revision, value, expires';
  const alive = '(expires IS NULL OR expires >= ?)';
  const inRange = `partition = ? AND sort >= max(?, ?) AND sort < min(?, ?) AND ${alive}`;
  return {
    get: database.prepare(`SELECT ${columns} FROM items WHERE partition = ? AND sort = ? AND ${alive}`),
    revision: database.prepare(`SELECT revision FROM items WHERE partition = ? AND sort = ? AND ${alive}`),
    queryUp: database.prepare(`SELECT ${columns} FROM items WHERE ${inRange} ORDER BY sort LIMIT ?`),
    queryDown: database.prepare(`SELECT ${columns} FROM items WHERE ${inRange} ORDER BY sort DESC LIMIT ?`),
    put: database.prepare(`
      INSERT INTO items (${columns}) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET revision = excluded.revision, value = excluded.value, expires = excluded.expires`),
    delete: database.prepare('DELETE FROM items WHERE partition = ? AND sort = ?'),
    expire: database.prepare(`
      DELETE FROM items WHERE (partition, sort) IN
        (SELECT partition, sort FROM items WHERE expires < ? ORDER BY expires LIMIT ?)`),
  };
}

/** Turns a write into what is to be done, its value into JSON already: the caller may change the object afterwards. */
function stepOf(statements: Record<'put' | 'delete', StatementSync>, write: ItemWrite): () => void {
  if ('put' in write) {
    const { partition, sort, revision, expiresAtSeconds } = write.put;
    const value = JSON.stringify(write.put.value);
    return () => statements.put.run(partition, sort, revision, value, expiresAtSeconds ?? null);
  }
  if ('delete' in write) {
    const { partition, sort } = write.delete;
    return () => statements.delete.run(partition, sort);
  }
  return () => {};
}

function itemOf({ value, expires, ...stored }: StoredItem): Item {
  const item = { ...stored, value: JSON.parse(value) as unknown };
  return expires === null ? item : { ...item, expiresAtSeconds: expires };
}
