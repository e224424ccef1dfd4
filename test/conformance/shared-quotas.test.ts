import { openTestStores } from './open-test-stores.ts';
import { sharedQuotaSuite } from './shared-quota-suite.ts';

sharedQuotaSuite('the catalog over SQLite', async () => {
  const { stores, clock, close } = openTestStores();
  return { items: stores.items, clock, close };
});
