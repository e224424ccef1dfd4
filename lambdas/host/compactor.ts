import { log } from '../http/log.ts';
import { loggedError } from '../http/logged-error.ts';
import { allTables, type TableLists } from '../use-cases/all-tables.ts';
import type { WriteWorker } from './write-workers.ts';

export interface Compactor {
  /** A flush was done: its table may have enough segments now. */
  wake(): void;
  stop(): Promise<void>;
}

/** Flushes between two looks: as often as a table can have gathered enough segments, with room to spare. */
const flushesPerLook = 16;
/**
 * Milliseconds between two looks at the latest. Without it, a table whose segments are so many that it takes no records
 * any more, because compaction failed for a while, would never be flushed, nor looked at, again.
 */
const lookMs = 60_000;

/**
 * What the schedule does on AWS: lets a thread of its own compact all tables, at the start, again and again while flushes
 * go on, and from time to time. The last run may have left more segments than a table takes records with.
 * @param finishDeletes runs before each look, on this thread, as deletes of tables do
 */
export function startCompactor(
  catalog: TableLists,
  worker: WriteWorker,
  finishDeletes: () => Promise<void>,
): Compactor {
  let flushes = 0;
  let running: Promise<void> | undefined;
  let stopped = false;

  async function compactAll(): Promise<void> {
    await finishDeletes();
    for await (const table of allTables(catalog)) {
      if (stopped) return;
      await worker.run({ kind: 'compact', event: { tables: [table] } });
    }
  }

  function look(): void {
    if (stopped || running) return;
    flushes = 0;
    running = compactAll()
      .catch((cause) => log('compaction_failed', loggedError(cause)))
      .finally(() => {
        running = undefined;
      });
  }

  const timer = setInterval(look, lookMs);
  look();
  return {
    wake() {
      flushes += 1;
      if (flushes >= flushesPerLook) look();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
