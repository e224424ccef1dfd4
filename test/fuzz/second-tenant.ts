import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { openEmbeddedStores } from '../../lambdas/adapters/embedded/open-embedded-stores.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import type { TenantId, UserId } from '../../lambdas/domain/ids.ts';
import { hashPassword } from '../../lambdas/use-cases/check-password.ts';

/**
 * Writes another tenant with an administrator into the data folder of an embedded product that does not run: over HTTP
 * there is no way to make one.
 */
export async function writeTenant(dataDir: string, email: string, password: string): Promise<void> {
  const stores = openEmbeddedStores(dataDir, { clock: { now: () => Date.now() }, ids: ulidSource });
  try {
    const catalog = makeCatalog(stores.items);
    const tenantId = ulidSource.next<TenantId>();
    const createdAt = new Date().toISOString();
    await catalog.createTenant({ id: tenantId, name: email, createdAt });
    await catalog.createUser({
      id: ulidSource.next<UserId>(),
      tenantId,
      email,
      passwordHash: await hashPassword(password),
      role: 'Administrator',
      state: 'Active',
      createdAt,
      revision: 1,
    });
  } finally {
    await stores.close();
  }
}
