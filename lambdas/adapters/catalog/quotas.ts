import type { TenantId } from '../../domain/ids.ts';
import type { Quota } from '../../domain/quota/quota.ts';
import type { Level } from '../../domain/quota/token-bucket.ts';
import type { Quotas } from '../../ports/catalog/quotas.ts';
import { RevisionConflict } from '../../ports/catalog/resources.ts';
import type { Item, ItemStore } from '../../ports/item-store.ts';
import { quotaLevelKey, tenantQuotaKey } from './catalog-keys.ts';

/**
 * Quotas of tenants, and one item for each bucket. A bucket's item is moved on condition of its revision and expires once
 * it is full. The first revision after that is a time, so that it is above all before: who read the item before it
 * expired finds another one.
 */
export function makeQuotas(items: ItemStore): Quotas {
  return {
    async findTenantQuota(tenantId) {
      const [item] = await items.get([tenantQuotaKey(tenantId)]);
      return item ? { quota: item.value as Quota, revision: item.revision } : { revision: 0 };
    },
    async saveTenantQuota(tenantId, quota, over) {
      const key = tenantQuotaKey(tenantId);
      const [item] = await items.get([key]);
      assertStands(tenantId, item, over);
      // A time, so that a quota which is set after one was taken away has another revision than that.
      const revision = Math.max(over + 1, Date.parse(quota.setAt));
      const failed = await items.transact([{ put: { ...key, revision, value: quota }, if: item ? over : 'absent' }]);
      if (failed !== undefined) throw otherRevision(tenantId, over);
      return revision;
    },
    async deleteTenantQuota(tenantId, over) {
      const key = tenantQuotaKey(tenantId);
      const [item] = await items.get([key]);
      if (!item) return;
      assertStands(tenantId, item, over);
      const failed = await items.transact([{ delete: key, if: over }]);
      if (failed !== undefined) throw otherRevision(tenantId, over);
    },
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

function assertStands(tenantId: TenantId, item: Item | undefined, over: number): void {
  if ((item?.revision ?? 0) !== over) throw otherRevision(tenantId, over);
}

function otherRevision(tenantId: TenantId, over: number): RevisionConflict {
  return new RevisionConflict(`the quota of tenant ${tenantId} is no longer at revision ${over}`);
}
