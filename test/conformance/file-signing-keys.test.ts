import { join } from 'node:path';
import { makeFileSigningKeys } from '../../lambdas/adapters/embedded/file-signing-keys.ts';
import { openTestStores } from './open-test-stores.ts';
import { signingKeysSuite } from './signing-keys-suite.ts';

signingKeysSuite('files', async () => {
  const { directory, close } = openTestStores();
  return { open: () => makeFileSigningKeys(join(directory, 'signing-keys.json')), close };
});
