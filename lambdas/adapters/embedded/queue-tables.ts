import type { DatabaseSync } from 'node:sqlite';

/** Which of the two queues a message stands in. */
export const places = { queue: 0, deadLetters: 1 } as const;
export type Place = keyof typeof places;

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
    waiting: database.prepare(`
      SELECT seq, bytes, receives FROM messages
      WHERE place = ? AND sink = ? AND seq > ? AND visible_at <= ? ORDER BY seq LIMIT ?`),
    lease: database.prepare(`
      UPDATE messages SET receives = receives + 1, leased = 1, visible_at = ? WHERE seq = ?
      RETURNING seq, id, sink, receives, sent_at AS sentAtMs, (SELECT body FROM bodies WHERE bodies.seq = messages.seq) AS body`),
    bury: database.prepare('UPDATE messages SET place = ?, receives = 0, leased = 0, visible_at = 0 WHERE seq = ?'),
    release: database.prepare(`UPDATE messages SET leased = 0, visible_at = ? WHERE ${named}`),
    deleteMessage: database.prepare(`DELETE FROM messages WHERE ${named}`),
    deleteBody: database.prepare('DELETE FROM bodies WHERE seq = ?'),
    count: database.prepare('SELECT count(*) AS messages FROM messages WHERE place = ?'),
    voidLeases: database.prepare('UPDATE messages SET leased = 0, visible_at = 0 WHERE leased = 1'),
  };
}

export type QueueTables = ReturnType<typeof prepareQueueTables>;
