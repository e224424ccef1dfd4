import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { rowStoreSuite } from './row-store-suite.ts';

rowStoreSuite('the SQLite row store', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headgate-rows-'));
  const stores: { close(): void }[] = [];
  return {
    make() {
      const store = makeSqliteRowStore(directory);
      stores.push(store);
      return store;
    },
    async close() {
      for (const store of stores) store.close();
      rmSync(directory, { recursive: true });
    },
  };
});
