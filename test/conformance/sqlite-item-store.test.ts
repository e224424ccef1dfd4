import { itemStoreSuite } from './item-store-suite.ts';
import { openTestStores } from './open-test-stores.ts';

itemStoreSuite('the SQLite item store', async () => {
  const { stores, clock, close } = openTestStores();
  return { items: stores.items, nowSeconds: () => Math.floor(clock.now() / 1_000), advance: clock.advance, close };
});
