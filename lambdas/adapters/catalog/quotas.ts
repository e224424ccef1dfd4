import type { Quota } from '../../domain/quota/quota.ts';
import type { Level } from '../../domain/quota/token-bucket.ts';
import type { Quotas } from '../../ports/catalog/quotas.ts';
import type { ItemStore } from '../../ports/item-store.ts';
import { quotaLevelKey, tenantQuotaKey } from './catalog-keys.ts';
import { findValue } from './saved-entity.ts';

/**
 * Quotas of tenants, and one item for each bucket. A bucket's item is moved on condition of its revision and expires once
 * it is full. The first revision after that is a time, so that it is above all before: who read the item before it
 * expired finds another one.
 */
export function makeQuotas(items: ItemStore): Quotas {
  return {
    findTenantQuota: (tenantId) => findValue<Quota>(items, tenantQuotaKey(tenantId)),
    saveTenantQuota: (tenantId, quota) =>
      items.write([{ put: { ...tenantQuotaKey(tenantId), revision: 0, value: quota } }]),
    deleteTenantQuota: (tenantId) => items.write([{ delete: tenantQuotaKey(tenantId) }]),
    async findQuotaLevel(holder) {
      const [item] = await items.get([quotaLevelKey(holder)]);
      return item && { level: item.value as Level, revision: item.revision };
    },
    async moveQuotaLevel(holder, level, { fullAtMs, over }) {
      const revision = over ? over.revision + 1 : level.atMs;
      const expiresAtSeconds = Math.ceil(fullAtMs / 1_000);
      const put = { ...quotaLevelKey(holder), revision, value: level, expiresAtSeconds };
      return (await items.transact([{ put, if: over?.revision ?? 'absent' }])) === undefined;
    },
    forgetQuotaLevel: (holder) => items.write([{ delete: quotaLevelKey(holder) }]),
  };
}
