import type { SinkId, TenantId } from '../../domain/ids.ts';
import type { Quota } from '../../domain/quota/quota.ts';
import type { Level } from '../../domain/quota/token-bucket.ts';

/** What has a quota: its bucket goes by this id. */
export type QuotaHolder = SinkId | TenantId;

export interface StoredLevel {
  readonly level: Level;
  readonly revision: number;
}

/** What is set for a tenant, and at which revision; 0 where nothing is. */
export interface TenantQuota {
  readonly quota?: Quota;
  readonly revision: number;
}

/** The quotas of tenants (those of sinks stand on the sinks), and the buckets that all instances lease from. */
export interface Quotas {
  findTenantQuota(tenantId: TenantId): Promise<TenantQuota>;
  /**
   * Sets a quota over the revision that was found; throws `RevisionConflict` when another one stands.
   * @returns the revision that it has now, which no earlier quota of the tenant had
   */
  saveTenantQuota(tenantId: TenantId, quota: Quota, over: number): Promise<number>;
  /** Takes the quota of that revision away; none is harmless. Throws `RevisionConflict` as above. */
  deleteTenantQuota(tenantId: TenantId, over: number): Promise<void>;
  /** undefined: the bucket is full. */
  findQuotaLevel(holder: QuotaHolder): Promise<StoredLevel | undefined>;
  /**
   * Stores a level in the place of the one that was found.
   * @param fullAtMs when the bucket is full again, so that nothing needs to be kept of it
   * @returns false when another instance was faster, and nothing changed
   */
  moveQuotaLevel(
    holder: QuotaHolder,
    level: Level,
    options: { readonly fullAtMs: number; readonly over: StoredLevel | undefined },
  ): Promise<boolean>;
  /** Fills the bucket. */
  forgetQuotaLevel(holder: QuotaHolder): Promise<void>;
}
