import type { DatabaseId, TenantId } from './ids.ts';

export type SqlDialect = 'featurebase' | 'duckdb';
export type DatabaseStatus = 'CREATING' | 'RUNNING' | 'UPDATING' | 'DELETING' | 'FAILED';

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
  /** See `domain/precondition.ts`. */
  readonly movedFrom?: number;
}

/**
 * What a status becomes when somebody looks. A change is in force when it is answered, so UPDATING waits for nothing; it
 * is there for clients of the original, which look for it. Nothing here makes a database FAILED.
 */
const atNextLook: Readonly<Record<DatabaseStatus, DatabaseStatus>> = {
  CREATING: 'CREATING',
  RUNNING: 'RUNNING',
  UPDATING: 'RUNNING',
  DELETING: 'DELETING',
  FAILED: 'FAILED',
};

/** The status that a look at a database finds. */
export function statusAtNextLook(status: DatabaseStatus): DatabaseStatus {
  return atNextLook[status];
}

/** Every status, for those who ask for databases by it. */
export const databaseStatuses = Object.keys(atNextLook) as readonly DatabaseStatus[];
