import type { SinkId, TenantId } from '../../domain/ids.ts';
import type { Quota } from '../../domain/quota/quota.ts';
import type { Level } from '../../domain/quota/token-bucket.ts';

/** What has a quota: its bucket goes by this id. */
export type QuotaHolder = SinkId | TenantId;

export interface StoredLevel {
  readonly level: Level;
  readonly revision: number;
}

/** The quotas of tenants (those of sinks stand on the sinks), and the buckets that all instances lease from. */
export interface Quotas {
  findTenantQuota(tenantId: TenantId): Promise<Quota | undefined>;
  saveTenantQuota(tenantId: TenantId, quota: Quota): Promise<void>;
  /** Absent is harmless. */
  deleteTenantQuota(tenantId: TenantId): Promise<void>;
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
