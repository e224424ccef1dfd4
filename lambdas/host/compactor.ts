import type { Catalog } from '../ports/catalog/catalog.ts';
import { log } from './log.ts';
import type { WriteWorker } from './write-workers.ts';

export interface Compactor {
  /** A flush was done: its table may have enough segments now. */
  wake(): void;
  stop(): Promise<void>;
}

/** Flushes between two looks: as often as a table can have gathered enough segments, with room to spare. */
const flushesPerLook = 16;

/** What the schedule does on AWS: lets a thread of its own compact all tables, again and again while flushes go on. */
export function startCompactor(
  catalog: Pick<Catalog, 'listTenants' | 'listDatabases' | 'listTables'>,
  worker: WriteWorker,
): Compactor {
  let flushes = 0;
  let running: Promise<void> | undefined;
  let stopped = false;

  async function compactAll(): Promise<void> {
    for (const { id: tenantId } of await catalog.listTenants()) {
      for (const database of await catalog.listDatabases(tenantId)) {
        for (const { id: tableId } of await catalog.listTables(tenantId, database.id)) {
          if (stopped) return;
          await worker.run({ kind: 'compact', event: { tables: [{ tenantId, tableId }] } });
        }
      }
    }
  }

  return {
    wake() {
      flushes += 1;
      if (stopped || running || flushes < flushesPerLook) return;
      flushes = 0;
      running = compactAll()
        .catch((cause) => log('compaction_failed', { cause: String(cause) }))
        .finally(() => {
          running = undefined;
        });
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
