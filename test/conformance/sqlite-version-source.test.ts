import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openMainDatabase } from '../../lambdas/adapters/embedded/open-main-database.ts';
import {
  makeSqliteVersionSource,
  type SqliteVersionSource,
} from '../../lambdas/adapters/embedded/sqlite-version-source.ts';
import { makeTestClock } from './open-test-stores.ts';
import { persistentVersionsSuite, versionSourceSuite } from './version-source-suite.ts';

async function open() {
  const directory = mkdtempSync(join(tmpdir(), 'headgate-versions-'));
  const clock = makeTestClock();
  const databases: DatabaseSync[] = [];
  let source: SqliteVersionSource;
  const crash = () => {
    const database = openMainDatabase(join(directory, 'headgate.db'));
    databases.push(database);
    source = makeSqliteVersionSource(database, clock);
    return source;
  };
  return {
    nowMs: clock.now,
    advance: clock.advance,
    crash,
    async restart() {
      source.close();
      return crash();
    },
    async close() {
      for (const database of databases) database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

versionSourceSuite('the SQLite version source', open);
persistentVersionsSuite('the SQLite version source', open);
