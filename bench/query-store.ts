import { join } from 'node:path';
import { makeCatalog } from '../lambdas/adapters/catalog/catalog.ts';
import { makeDuckDbQueryEngine } from '../lambdas/adapters/duckdb/query-engine.ts';
import { openEmbeddedStores } from '../lambdas/adapters/embedded/open-embedded-stores.ts';
import { makeSqliteRowStore } from '../lambdas/adapters/embedded/sqlite-row-store.ts';
import { systemClock } from '../lambdas/adapters/system/system-clock.ts';
import { ulidSource } from '../lambdas/adapters/system/ulid-source.ts';
import type { Caller } from '../lambdas/domain/caller.ts';
import type { TenantId, UserId } from '../lambdas/domain/ids.ts';
import { queryBytesInPlaceMax } from '../lambdas/domain/limits.ts';
import { embeddedPaths } from '../lambdas/host/embedded-paths.ts';

/** Names of the benchmark's table in its two states: one segment, and one beside many that are not merged. */
export const tableNames = { compacted: 'events', unmerged: 'events_unmerged' } as const;
export type TableState = keyof typeof tableNames;

/** Who loads and asks. */
export const caller: Caller = {
  tenantId: 'bench' as TenantId,
  userId: 'bench' as UserId,
  email: 'bench@example.com',
  role: 'Administrator',
};

/** The embedded product's stores and engine below `folder`, as `host/start-host.ts` makes them, without HTTP and queue. */
export function openStore(folder: string) {
  const paths = embeddedPaths(folder);
  const [clock, ids] = [systemClock, ulidSource];
  const stores = openEmbeddedStores(folder, { clock, ids });
  const rowStore = makeSqliteRowStore(paths.rows);
  const { objects, versions } = stores;
  const readObject = (key: string) => objects.get(key);
  return {
    paths,
    ports: {
      catalog: makeCatalog(stores.items),
      engine: makeDuckDbQueryEngine({ objectsDirectory: paths.objects, readObject }),
      queryBytesMax: queryBytesInPlaceMax,
      rowStore,
      objects,
      versions,
      clock,
      ids,
    },
    async close(): Promise<void> {
      rowStore.close();
      await stores.close();
    },
  };
}

export type Store = ReturnType<typeof openStore>;

/** The peer's file. */
export function peerFile(folder: string): string {
  return join(folder, 'final-rows.parquet');
}
