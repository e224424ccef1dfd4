import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { systemClock } from '../../lambdas/adapters/system/system-clock.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import type { SegmentId, TableId } from '../../lambdas/domain/ids.ts';
import { segmentKey } from '../../lambdas/domain/segment.ts';
import { shapeOf } from '../../lambdas/domain/table.ts';
import { embeddedPaths } from '../../lambdas/host/embedded-paths.ts';
import type { Catalog } from '../../lambdas/ports/catalog/catalog.ts';
import type { ObjectStore } from '../../lambdas/ports/object-store.ts';
import { aDatabase, aTable, ours } from '../conformance/catalog-entities.ts';
import { startEmbedded } from '../support/start-embedded.ts';

jest.setTimeout(120_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headgate-deletes-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Works on the stores of a host that does not run. */
async function onStores(work: (catalog: Catalog, objects: ObjectStore) => Promise<void>): Promise<void> {
  const stores = openEmbeddedStores(folder, { clock: systemClock, ids: ulidSource });
  await work(makeCatalog(stores.items), stores.objects);
  await stores.close();
}

it('a delete during which the process died is finished by the next start, and touches no other table', async () => {
  const paths = embeddedPaths(folder);
  const tables = ['gone', 'kept'].map((id) => aTable({ id, name: id }));
  const fileOf = (id: string) => join(paths.rows, `${id}.db`);
  const key = segmentKey(ours, 'gone' as TableId, 's1' as SegmentId);
  const rowStore = makeSqliteRowStore(paths.rows);
  for (const table of tables) await rowStore.create(shapeOf(table));
  rowStore.close();
  await onStores(async (catalog, objects) => {
    await catalog.createDatabase(aDatabase());
    for (const table of tables) await catalog.createTable(table);
    await objects.putIfAbsent(key, new Uint8Array(1));
    const tableId = 'gone' as TableId;
    await catalog.addSegment({
      ...{ id: 's1' as SegmentId, tableId, rowsKey: key, rows: 1, bytes: 1 },
      ...{ columns: {}, createdAt: '' },
    });
    // What a delete does before it removes rows.
    await catalog.deleteTable(ours, tableId, new Date(systemClock.now()).toISOString());
  });
  expect(existsSync(fileOf('gone'))).toBe(true);

  await (await startEmbedded({ dataDir: folder })).kill();

  expect(['gone', 'kept'].map((id) => existsSync(fileOf(id)))).toEqual([false, true]);
  await onStores(async (catalog, objects) => {
    expect(await catalog.listLeftovers()).toEqual([]);
    expect(await catalog.currentSegments('gone' as TableId)).toEqual([]);
    expect(await objects.get(key)).toBeUndefined();
  });
});
