import type { DatabaseId, TenantId } from './ids.ts';

export type SqlDialect = 'featurebase' | 'duckdb';
export type DatabaseStatus = 'CREATING' | 'RUNNING' | 'DELETING' | 'FAILED';

/** A named group of tables of one tenant. FeatureBase's /v1 calls it a deployment. */
export interface Database {
  readonly id: DatabaseId;
  readonly tenantId: TenantId;
  readonly name: string;
  /** Echoed, otherwise without effect: there are no machines to size. */
  readonly shape: string;
  readonly sqlDialect: SqlDialect;
  readonly status: DatabaseStatus;
  readonly cause?: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly revision: number;
}
