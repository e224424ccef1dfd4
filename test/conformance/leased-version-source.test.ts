import { makeLeasedVersionSource } from '../../lambdas/adapters/catalog/leased-version-source.ts';
import { openTestStores } from './open-test-stores.ts';
import { versionSourceSuite } from './version-source-suite.ts';

versionSourceSuite('the leased version source over SQLite', async () => {
  const { stores, clock, close } = openTestStores();
  const crash = () => makeLeasedVersionSource({ items: stores.items, clock, holder: 'a test', random: Math.random });
  return { nowMs: clock.now, advance: clock.advance, crash, restart: async () => crash(), close };
});
