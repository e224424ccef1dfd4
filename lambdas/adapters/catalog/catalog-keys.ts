import { createHash } from 'node:crypto';
import type {
  ArchiveId,
  AuditId,
  DatabaseId,
  QuarantineId,
  ReceiptId,
  ReplayId,
  SegmentId,
  SinkId,
  TableId,
  TenantId,
  TokenId,
  UserId,
} from '../../domain/ids.ts';
import type { ItemKey } from '../../ports/item-store.ts';

/**
 * The catalog in one table of items: every partition and sort key there is. `<t>` tenant, `<d>` database, `<b>` table,
 * `<s>` sink. Ids are ULIDs, so the sort order of ids is the order of creation.
 *
 *   partition                     sort                     value              answers
 *   tenants                       <t>                      Tenant             all tenants; one by id
 *   identities#<t>                user#<id>                User               users of a tenant; one by id
 *   identities#<t>                token#<id>               {userId, hash}     tokens of a user; one by id
 *   identities#<t>                standings                {}                 see `identities.ts`
 *   tenant#<t>                    database#<d>             Database           databases of a tenant; one by id
 *   tenant#<t>                    table#<b>                Table              a table by id
 *   tenant#<t>                    sink#<s>                 Sink               sinks of a tenant; one by id
 *   tenant#<t>                    database-name#<name>     {id}               names are unique in a tenant
 *   tenant#<t>                    quota                    Quota              the tenant's quota; those of sinks are on them
 *   email#<e-mail>                user                     {tenantId, id}     unique over tenants; user who signs in
 *   secret#<hash>                 token                    ApiToken           the token of a request
 *   database#<d>                  table-name#<name>        {id}               names are unique; tables of a database
 *   database#<d>                  sink-name#<name>         {id, tableId}      names are unique; sinks of a table
 *   database#<d>, table#<b>       newest-child             {}                 see `children.ts`
 *   sink#<s>                      mapping#<revision>       Mapping            a mapping by revision
 *   receipt#<t>#<id>              receipt                  Receipt            a receipt by id; expires
 *   pending#<s>                   <receipt id>             {mappingRevision}  whether a receipt is queued; expires
 *   idempotency#<t>#<s>#<hash>    key                      IdempotencyRecord  what a key is bound to; expires
 *   quota-level#<s> or <t>        level                    Level              what is left of a quota; expires once full
 *   segments#<b>                  compacted                Compacted          see `segments.ts`
 *   segments#<b>                  segment#<id>             Segment            the segments of a table
 *   quarantine#<s>                <id>                     QuarantineEntry    newest first; one by id; expires
 *   archive#<s>                   <id>                     ArchiveEntry       oldest first; expires
 *   metrics#<s>                   <minute>                 MetricMinute       oldest first; expires
 *   replays#<s>                   <id>                     Replay             newest first; one by id; expires
 *   running-replays               <id>                     {sinkId, id}       replays that go on; expires
 *   audit#<t>                     <id>                     AuditEntry         newest first; expires
 *   sign-ins#<hash>               attempts                 Attempts           failures of an address or source; expires
 *   external#<hash>               user                     {tenantId, id}     user whom an external issuer names
 *   public-keys                   <key id>                 PublicKey          the keys that check tokens
 *   leftovers                     <b>                      Leftover           tables that are gone, their rows perhaps not
 *   version-instances             <number>                 InstanceLease      see `leased-version-source.ts`
 *
 * Below is one function for each key, called after what the key leads to.
 *
 * What is written with every POST (receipts, keys) has a partition of its own, so that no partition is hot but a sink's
 * pending markers. A key whose tenant is unknown to the caller holds the tenant in its value, and the reader compares.
 */

export const tenantsPartition = 'tenants';

export function tenantKey(tenantId: TenantId): ItemKey {
  return { partition: tenantsPartition, sort: tenantId };
}

export function tenantPartition(tenantId: TenantId): string {
  return `tenant#${tenantId}`;
}

/** Apart from the rest of the tenant: who may write is decided by partition, and few may write users. */
export function identitiesPartition(tenantId: TenantId): string {
  return `identities#${tenantId}`;
}

export const userPrefix = 'user#';
export const tokenPrefix = 'token#';
export const databasePrefix = 'database#';
export const sinkPrefix = 'sink#';

export function userKey(tenantId: TenantId, id: UserId): ItemKey {
  return { partition: identitiesPartition(tenantId), sort: userPrefix + id };
}

export function emailKey(email: string): ItemKey {
  return { partition: `email#${email}`, sort: 'user' };
}

export function tokenKey(tenantId: TenantId, id: TokenId): ItemKey {
  return { partition: identitiesPartition(tenantId), sort: tokenPrefix + id };
}

export function standingsKey(tenantId: TenantId): ItemKey {
  return { partition: identitiesPartition(tenantId), sort: 'standings' };
}

export function secretKey(secretHash: string): ItemKey {
  return { partition: `secret#${secretHash}`, sort: 'token' };
}

export function databaseKey(tenantId: TenantId, id: DatabaseId): ItemKey {
  return { partition: tenantPartition(tenantId), sort: databasePrefix + id };
}

export function databaseNameKey(tenantId: TenantId, name: string): ItemKey {
  return { partition: tenantPartition(tenantId), sort: `database-name#${name}` };
}

export function tableKey(tenantId: TenantId, id: TableId): ItemKey {
  return { partition: tenantPartition(tenantId), sort: `table#${id}` };
}

export function sinkKey(tenantId: TenantId, id: SinkId): ItemKey {
  return { partition: tenantPartition(tenantId), sort: sinkPrefix + id };
}

export function databasePartition(id: DatabaseId): string {
  return `database#${id}`;
}

export const tableNamePrefix = 'table-name#';
export const sinkNamePrefix = 'sink-name#';

export function tableNameKey(databaseId: DatabaseId, name: string): ItemKey {
  return { partition: databasePartition(databaseId), sort: tableNamePrefix + name };
}

export function sinkNameKey(databaseId: DatabaseId, name: string): ItemKey {
  return { partition: databasePartition(databaseId), sort: sinkNamePrefix + name };
}

export function newestTableKey(databaseId: DatabaseId): ItemKey {
  return { partition: databasePartition(databaseId), sort: 'newest-child' };
}

export function newestSinkKey(tableId: TableId): ItemKey {
  return { partition: `table#${tableId}`, sort: 'newest-child' };
}

export function mappingsPartition(sinkId: SinkId): string {
  return `sink#${sinkId}`;
}

export function mappingKey(sinkId: SinkId, revision: number): ItemKey {
  return { partition: mappingsPartition(sinkId), sort: `mapping#${String(revision).padStart(6, '0')}` };
}

export function receiptKey(tenantId: TenantId, id: ReceiptId): ItemKey {
  return { partition: `receipt#${tenantId}#${id}`, sort: 'receipt' };
}

export function pendingPartition(sinkId: SinkId): string {
  return `pending#${sinkId}`;
}

export function pendingKey(sinkId: SinkId, receiptId: ReceiptId): ItemKey {
  return { partition: pendingPartition(sinkId), sort: receiptId };
}

/** A client's key may be any text of any length; its hash fits every store. */
export function idempotencyKey(tenantId: TenantId, sinkId: SinkId, key: string): ItemKey {
  const hash = createHash('sha256').update(key).digest('hex');
  return { partition: `idempotency#${tenantId}#${sinkId}#${hash}`, sort: 'key' };
}

export function tenantQuotaKey(tenantId: TenantId): ItemKey {
  return { partition: tenantPartition(tenantId), sort: 'quota' };
}

/** A partition of its own for each: it is written several times a second under load. */
export function quotaLevelKey(holder: SinkId | TenantId): ItemKey {
  return { partition: `quota-level#${holder}`, sort: 'level' };
}

export function segmentsPartition(tableId: TableId): string {
  return `segments#${tableId}`;
}

/** Sorts before every segment: `segments.ts` says why it has to. */
export const compactedSort = 'compacted';
export const segmentPrefix = 'segment#';

export function compactedKey(tableId: TableId): ItemKey {
  return { partition: segmentsPartition(tableId), sort: compactedSort };
}

export function segmentItemKey(tableId: TableId, id: SegmentId): ItemKey {
  return { partition: segmentsPartition(tableId), sort: segmentPrefix + id };
}

export function quarantinePartition(sinkId: SinkId): string {
  return `quarantine#${sinkId}`;
}

export function quarantineKey(sinkId: SinkId, id: QuarantineId): ItemKey {
  return { partition: quarantinePartition(sinkId), sort: id };
}

export function archivePartition(sinkId: SinkId): string {
  return `archive#${sinkId}`;
}

export function archiveKey(sinkId: SinkId, id: ArchiveId): ItemKey {
  return { partition: archivePartition(sinkId), sort: id };
}

export function metricsPartition(sinkId: SinkId): string {
  return `metrics#${sinkId}`;
}

/** @param startMs start of a minute: as text in a form that sorts by time */
export function metricMinuteKey(sinkId: SinkId, startMs: number): ItemKey {
  return { partition: metricsPartition(sinkId), sort: new Date(startMs).toISOString() };
}

export function replaysPartition(sinkId: SinkId): string {
  return `replays#${sinkId}`;
}

export function replayKey(sinkId: SinkId, id: ReplayId): ItemKey {
  return { partition: replaysPartition(sinkId), sort: id };
}

export const runningReplaysPartition = 'running-replays';

export function runningReplayKey(id: ReplayId): ItemKey {
  return { partition: runningReplaysPartition, sort: id };
}

export function auditPartition(tenantId: TenantId): string {
  return `audit#${tenantId}`;
}

export function auditKey(tenantId: TenantId, id: AuditId): ItemKey {
  return { partition: auditPartition(tenantId), sort: id };
}

/** Neither addresses nor sources stand in the catalog because somebody tried them: their hash does. */
export function signInsKey(counter: string): ItemKey {
  return { partition: `sign-ins#${createHash('sha256').update(counter).digest('hex')}`, sort: 'attempts' };
}

/** An issuer may name users as it likes; the hash fits every store. No URL holds a space. */
export function externalKey(issuer: string, subject: string): ItemKey {
  const hash = createHash('sha256').update(`${issuer} ${subject}`).digest('hex');
  return { partition: `external#${hash}`, sort: 'user' };
}

export const publicKeysPartition = 'public-keys';

export function publicKeyItemKey(kid: string): ItemKey {
  return { partition: publicKeysPartition, sort: kid };
}

export const leftoversPartition = 'leftovers';

export function leftoverKey(tableId: TableId): ItemKey {
  return { partition: leftoversPartition, sort: tableId };
}

export const versionInstancesPartition = 'version-instances';

/** @param instance 0 to 1,023, the instance in a version */
export function versionInstanceKey(instance: number): ItemKey {
  return { partition: versionInstancesPartition, sort: String(instance).padStart(4, '0') };
}
