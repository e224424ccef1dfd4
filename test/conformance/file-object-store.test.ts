import { objectStoreSuite } from './object-store-suite.ts';
import { openTestStores } from './open-test-stores.ts';

objectStoreSuite('the file object store', async () => {
  const { stores, close } = openTestStores();
  return { objects: stores.objects, close };
});
