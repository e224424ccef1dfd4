import type { DatabaseSync } from 'node:sqlite';

/** Which of the two queues a message stands in. */
export const places = { queue: 0, deadLetters: 1 } as const;
export type Place = keyof typeof places;

/** Milliseconds of a release's delay at most: twice the longest wait of the host's consumer. */
const delayMsMax = 60_000;

/** A message as leasing returns it. */
export interface StoredMessage {
  readonly seq: number;
  readonly id: string;
  readonly sink: string;
  readonly receives: number;
  readonly sentAtMs: number;
  readonly body: string;
}

/**
 * Statements over the two tables of the queue. Bodies stand apart from the messages, so that a lease, which rewrites the
 * message, never rewrites a body of megabytes. Numbers of messages (`seq`) grow and are never used again.
 */
export function prepareQueueTables(database: DatabaseSync) {
  database.exec(`
    CREATE TABLE IF NOT EXISTS messages (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, place INTEGER NOT NULL, sink TEXT NOT NULL, visible_at INTEGER NOT NULL,
      leased INTEGER NOT NULL, receives INTEGER NOT NULL, sent_at INTEGER NOT NULL, bytes INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS messages_by_sink ON messages (place, sink, seq);
    CREATE TABLE IF NOT EXISTS bodies (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  `);
  const named = 'seq = ? AND place = ? AND receives = ?';
  return {
    addMessage: database.prepare(
      'INSERT INTO messages (id, place, sink, visible_at, leased, receives, sent_at, bytes) VALUES (?, ?, ?, 0, 0, 0, ?, ?)',
    ),
    addBody: database.prepare('INSERT INTO bodies (seq, body) VALUES (?, ?)'),
    /** Sinks with messages in a place, from one name to another, found by one seek each. */
    groups: database.prepare(`
      WITH RECURSIVE found(sink) AS (
        SELECT min(sink) FROM messages WHERE place = ?1 AND sink > ?2
        UNION ALL
        SELECT (SELECT min(sink) FROM messages WHERE place = ?1 AND sink > found.sink) FROM found WHERE sink IS NOT NULL
      ) SELECT sink FROM found WHERE sink IS NOT NULL LIMIT ?3`),
    /** A delay that lasts longer than any was asked for is one that a clock which was set back has made long. */
    waiting: database.prepare(`
      SELECT seq, bytes, receives FROM messages
      WHERE place = ?1 AND sink = ?2 AND seq > ?3 AND
        (visible_at <= ?4 OR (leased = 0 AND visible_at > ?4 + ${delayMsMax}))
      ORDER BY seq LIMIT ?5`),
    lease: database.prepare(`
      UPDATE messages SET receives = receives + 1, leased = 1, visible_at = ? WHERE seq = ?
      RETURNING seq, id, sink, receives, sent_at AS sentAtMs, (SELECT body FROM bodies WHERE bodies.seq = messages.seq) AS body`),
    bury: database.prepare('UPDATE messages SET place = ?, receives = 0, leased = 0, visible_at = 0 WHERE seq = ?'),
    release: database.prepare(`UPDATE messages SET leased = 0, visible_at = ? WHERE ${named}`),
    deleteMessage: database.prepare(`DELETE FROM messages WHERE ${named}`),
    deleteBody: database.prepare('DELETE FROM bodies WHERE seq = ?'),
    /** In the order of coming, which is that of the table itself; the index would have to be sorted first. */
    oldestUntried: database.prepare(
      'SELECT sent_at AS sentAtMs FROM messages NOT INDEXED WHERE place = ? AND receives = 0 ORDER BY seq LIMIT 1',
    ),
    count: database.prepare('SELECT count(*) AS messages FROM messages WHERE place = ?'),
    voidLeases: database.prepare('UPDATE messages SET leased = 0, visible_at = 0 WHERE leased = 1'),
  };
}

export type QueueTables = ReturnType<typeof prepareQueueTables>;
