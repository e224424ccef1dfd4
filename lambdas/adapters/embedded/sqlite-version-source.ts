import type { DatabaseSync } from 'node:sqlite';
import { nextVersion, type Version } from '../../domain/version.ts';
import type { Clock } from '../../ports/clock.ts';
import type { VersionSource } from '../../ports/version-source.ts';

/** The embedded host is one process, so one instance accepts. */
const instance = 0;
/** Milliseconds that one write of the ceiling lasts under load; a crash lets the next start run ahead by as much. */
const ceilingAheadMs = 3_000;

export interface SqliteVersionSource extends VersionSource {
  issue(records: number): Version;
  /** Lowers the ceiling to what was really given out, so that a start after an orderly stop does not run ahead. */
  close(): void;
}

/**
 * Versions below a ceiling that is on disk before any of them is given out. The next process begins at the ceiling,
 * above all that this one may have given out, whatever its clock says.
 */
export function makeSqliteVersionSource(database: DatabaseSync, clock: Clock): SqliteVersionSource {
  database.exec(
    'CREATE TABLE IF NOT EXISTS version_ceiling (id INTEGER PRIMARY KEY CHECK (id = 1), ms INTEGER NOT NULL) STRICT',
  );
  const stored = database.prepare('SELECT ms FROM version_ceiling').get();
  const store = database.prepare(
    'INSERT INTO version_ceiling (id, ms) VALUES (1, ?) ON CONFLICT DO UPDATE SET ms = excluded.ms',
  );
  let ceiling = stored ? Number(stored['ms']) : 0;
  let position = { ms: ceiling, counter: 0 };

  function moveCeiling(ms: number): void {
    if (database.isTransaction) throw new Error('a ceiling stored within a transaction is not durable before its end');
    store.run(ms);
    ceiling = ms;
  }

  return {
    issue(records) {
      const next = nextVersion(position, clock.now(), instance, records);
      if (next.clock.ms >= ceiling) moveCeiling(next.clock.ms + ceilingAheadMs);
      position = next.clock;
      return next.version;
    },
    close() {
      if (position.ms < ceiling) moveCeiling(position.ms + 1);
    },
  };
}
