import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { IdSource } from '../../ports/id-source.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { SigningKeys } from '../../ports/signing-keys.ts';
import type { VersionSource } from '../../ports/version-source.ts';
import { makeFileObjectStore } from './file-object-store.ts';
import { makeFileSigningKeys } from './file-signing-keys.ts';
import { openMainDatabase } from './open-main-database.ts';
import { makeSqliteBatchQueues, type SqliteBatchQueues } from './sqlite-batch-queue.ts';
import { makeSqliteItemStore, type SqliteItemStore } from './sqlite-item-store.ts';
import { makeSqliteVersionSource } from './sqlite-version-source.ts';
import { makeTurnCommit } from './turn-commit.ts';
import { sweepIncoming } from './write-file-once.ts';

/** All that the embedded host stores, but for rows. */
export interface EmbeddedStores {
  readonly items: SqliteItemStore;
  readonly queues: SqliteBatchQueues;
  readonly versions: VersionSource;
  readonly objects: ObjectStore;
  readonly keys: SigningKeys;
  /** Commits what waits and closes the database; again is harmless. Calls after it fail. */
  close(): Promise<void>;
}

/**
 * Opens the stores below `directory`: `headgate.db`, `objects/` and `signing-keys.json`. To be called once a process,
 * by the thread that owns the main database, before other threads use the objects; the caller holds the directory.
 */
export function openEmbeddedStores(
  directory: string,
  { clock, ids }: { readonly clock: Clock; readonly ids: IdSource },
): EmbeddedStores {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = openMainDatabase(join(directory, 'headgate.db'));
  const turn = makeTurnCommit(database);
  const versions = makeSqliteVersionSource(database, clock);
  const objectsDirectory = join(directory, 'objects');
  for (const root of [directory, objectsDirectory]) sweepIncoming(root);
  return {
    items: makeSqliteItemStore(database, turn, clock),
    queues: makeSqliteBatchQueues(database, turn, { clock, ids }),
    versions,
    objects: makeFileObjectStore(objectsDirectory),
    keys: makeFileSigningKeys(join(directory, 'signing-keys.json')),
    async close() {
      if (!database.isOpen) return;
      await turn.close();
      versions.close();
      database.close();
    },
  };
}
