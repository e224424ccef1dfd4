import type { ArchiveEntry } from '../../lambdas/domain/archive.ts';
import type { Database } from '../../lambdas/domain/database.ts';
import type { IdempotencyRecord } from '../../lambdas/domain/idempotency.ts';
import type { TenantId } from '../../lambdas/domain/ids.ts';
import type { QuarantineEntry } from '../../lambdas/domain/quarantine.ts';
import type { BatchResult, Receipt } from '../../lambdas/domain/receipt.ts';
import { noReplayCounts, type Replay } from '../../lambdas/domain/replay.ts';
import type { Segment } from '../../lambdas/domain/segment.ts';
import type { Mapping, Sink } from '../../lambdas/domain/sink.ts';
import type { Table } from '../../lambdas/domain/table.ts';
import type { ApiToken, Tenant, User } from '../../lambdas/domain/tenant.ts';

/** Entities for tests of the catalog: complete, with what a case is about given by the case. */
type Given<T> = { readonly [K in keyof T]?: NonNullable<T[K]> extends string ? string : T[K] };

/** Ids are brands on strings; tests write them as they are. */
function entity<T>(usual: Given<T>, given: Given<T>): T {
  return { ...usual, ...given } as T;
}

export const ours = 'tenant1' as TenantId;
export const theirs = 'tenant2' as TenantId;
const at = '2026-11-21T12:00:00.000Z';
const created = { tenantId: ours as string, createdAt: at };

export const aTenant = (given: Given<Tenant> = {}) => entity<Tenant>({ id: ours, name: 'Acme', createdAt: at }, given);

export const aUser = (given: Given<User> = {}) => {
  const usual = { email: 'a@example.com', passwordHash: 'scrypt$x', role: 'User', state: 'Active', revision: 1 };
  return entity<User>({ ...created, id: 'user1', ...usual }, given);
};

export const aToken = (given: Given<ApiToken> = {}) =>
  entity<ApiToken>(
    { ...created, id: 'token1', userId: 'user1', description: '', secretHash: 'aa', revision: 1 },
    given,
  );

export const aDatabase = (given: Given<Database> = {}) => {
  const usual = { name: 'flights', shape: '8GB', sqlDialect: 'featurebase', status: 'RUNNING', revision: 1 };
  return entity<Database>({ ...created, id: 'd1', createdBy: 'user1', ...usual }, given);
};

export const aTable = (given: Given<Table> = {}) => {
  const columns = [{ id: 'c1', name: 'n', type: { type: 'int' } }] as unknown as Table['columns'];
  const usual = { name: 'facts', description: '', trackExistence: false, columns, nextColumn: 2, status: 'ACTIVE' };
  const parent = { databaseId: 'd1', keyType: 'id', createdBy: 'user1', revision: 1 };
  return entity<Table>({ ...created, id: 't1', ...usual, ...parent }, given);
};

export const aSink = (given: Given<Sink> = {}) => {
  const usual = { name: 'intake', status: 'ACTIVE', mappingRevision: 1, schema: { a: [1, null] }, revision: 1 };
  return entity<Sink>({ ...created, id: 's1', databaseId: 'd1', tableId: 't1', createdBy: 'user1', ...usual }, given);
};

export const aMapping = (given: Given<Mapping> = {}) => {
  const key: Mapping['key'] = { kind: 'id', path: ['id'], name: '_id' };
  return entity<Mapping>({ sinkId: 's1', revision: 1, tableId: 't1', key, items: [], allowMissingFields: true }, given);
};

export const aReceipt = (given: Given<Receipt> = {}) => {
  const batch = { databaseId: 'd1', tableId: 't1', sinkId: 's1', batchId: 'b1', version: 'v1', mappingRevision: 1 };
  const counts = { received: 3, accepted: 2, rejected: 1, dropped: 0 };
  const usual = { tenantId: ours as string, id: 'r1', state: 'queued', exceptions: [], queuedAt: at };
  return entity<Receipt>({ ...usual, ...batch, ...counts }, given);
};

export const aResult = (given: Given<BatchResult> = {}) => {
  const counts = { written: 1, superseded: 1, quarantined: 1, changed: 0 };
  return entity<BatchResult>({ receiptId: 'r1', sinkId: 's1', state: 'visible', ...counts, at }, given);
};

export const aSegment = (given: Given<Segment> = {}) => {
  const file = { rowsKey: 'rows', rows: 10, bytes: 1_000, columns: { c1: 'row' } as Segment['columns'] };
  return entity<Segment>({ id: 'g1', tableId: 't1', ...file, createdAt: at }, given);
};

export const aQuarantineEntry = (given: Given<QuarantineEntry> = {}) => {
  const why = {
    position: 0,
    reason: 'write_failed',
    pointer: '',
    message: '',
    mappingRevision: 1,
    record: '{}',
    version: 'v1',
    batchId: 'b1',
  };
  const usual = { id: 'q1', tenantId: ours as string, sinkId: 's1', receiptId: 'r1', at };
  return entity<QuarantineEntry>({ ...usual, ...why }, given);
};

export const anArchiveEntry = (given: Given<ArchiveEntry> = {}) => {
  const usual = {
    id: 'a1',
    tenantId: ours as string,
    sinkId: 's1',
    receiptId: 'r1',
    objectKey: 'archive/a1',
    bytes: 9,
  };
  const batch = { records: 3, version: 'v1', acceptedAt: at, applied: [{ revision: 1, except: [1] }], revision: 0 };
  return entity<ArchiveEntry>({ ...usual, ...batch, at }, given);
};

export const aReplay = (given: Given<Replay> = {}) => {
  const usual = {
    id: 'p1',
    tenantId: ours as string,
    sinkId: 's1',
    into: 's2',
    from: 'archive' as const,
    selection: {},
  };
  const state = { state: 'running' as const, counts: noReplayCounts, startedAt: at, startedBy: 'ann', revision: 1 };
  return entity<Replay>({ ...usual, ...state }, given);
};

export const anIdempotencyRecord = (given: Given<IdempotencyRecord> = {}) => {
  const usual = { tenantId: ours as string, sinkId: 's1', key: 'key 1', bodyHash: 'ff' };
  const acceptance = { receiptId: 'r1', batchId: 'b1', version: 'v1', mappingRevision: 3, acceptedAt: at };
  return entity<IdempotencyRecord>({ ...usual, ...acceptance }, given);
};
