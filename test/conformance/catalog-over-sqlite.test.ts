import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { catalogSuite } from './catalog-suite.ts';
import { openTestStores } from './open-test-stores.ts';

catalogSuite('the catalog over SQLite', async () => {
  const { stores, clock, close } = openTestStores();
  return { catalog: makeCatalog(stores.items), advance: clock.advance, close };
});
