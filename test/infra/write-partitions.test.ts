import { describe, expect, it } from '@jest/globals';
import * as keys from '../../lambdas/adapters/catalog/catalog-keys.ts';
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
} from '../../lambdas/domain/ids.ts';
import { type FunctionName, functionNames } from '../../lib/function-table.ts';
import { permissions } from '../../lib/permissions.ts';

const [tenant, database, table, sink] = ['t' as TenantId, 'd' as DatabaseId, 'b' as TableId, 's' as SinkId];
const receipt = 'r' as ReceiptId;

/** Every kind of item there is, and the functions that write it. */
const writers: readonly (readonly [what: string, partition: string, writers: readonly FunctionName[]])[] = [
  ['tenants', keys.tenantKey(tenant).partition, ['control', 'setup']],
  ['users', keys.userKey(tenant, 'u' as UserId).partition, ['control', 'setup']],
  ['marks of changed roles', keys.standingsKey(tenant).partition, ['control', 'setup']],
  ['addresses', keys.emailKey('ada@example.com').partition, ['control', 'setup']],
  ['API keys, by id', keys.tokenKey(tenant, 'k' as TokenId).partition, ['control', 'setup']],
  ['API keys', keys.secretKey('0f').partition, ['control']],
  ['public keys', keys.publicKeyItemKey('kid').partition, ['control']],
  ['databases', keys.databaseKey(tenant, database).partition, ['control', 'query']],
  ['names of databases', keys.databaseNameKey(tenant, 'main').partition, ['control', 'query']],
  ['tables', keys.tableKey(tenant, table).partition, ['control', 'query']],
  ['sinks', keys.sinkKey(tenant, sink).partition, ['control', 'query']],
  ['names of tables', keys.tableNameKey(database, 'iris').partition, ['control', 'query']],
  ['names of sinks', keys.sinkNameKey(database, 'irises').partition, ['control', 'query']],
  ['marks of new tables', keys.newestTableKey(database).partition, ['control', 'query']],
  ['marks of new sinks', keys.newestSinkKey(table).partition, ['control', 'query']],
  ['mappings', keys.mappingKey(sink, 1).partition, ['control', 'query']],
  ['receipts', keys.receiptKey(tenant, receipt).partition, ['control', 'ingest', 'consume', 'dead-letters', 'replay']],
  [
    'marks of pending receipts',
    keys.pendingKey(sink, receipt).partition,
    ['control', 'ingest', 'consume', 'dead-letters', 'replay'],
  ],
  ['idempotency keys', keys.idempotencyKey(tenant, sink, 'key').partition, ['control', 'ingest', 'replay']],
  ['instances of versions', keys.versionInstanceKey(7).partition, ['control', 'ingest', 'replay']],
  ["tenants' quotas", keys.tenantQuotaKey(tenant).partition, ['control', 'query']],
  ['what is left of quotas', keys.quotaLevelKey(sink).partition, ['control', 'ingest', 'replay']],
  ['segments', keys.segmentItemKey(table, 'g' as SegmentId).partition, ['control', 'query', 'consume', 'compact']],
  ['merged segments', keys.compactedKey(table).partition, ['control', 'query', 'consume', 'compact']],
  [
    'quarantined records',
    keys.quarantineKey(sink, 'q' as QuarantineId).partition,
    ['control', 'ingest', 'consume', 'dead-letters', 'replay'],
  ],
  [
    'archived bodies',
    keys.archiveKey(sink, 'a' as ArchiveId).partition,
    ['control', 'ingest', 'consume', 'dead-letters', 'replay'],
  ],
  ['minutes of metrics', keys.metricMinuteKey(sink, 0).partition, ['control', 'consume', 'dead-letters']],
  ['replays', keys.replayKey(sink, 'p' as ReplayId).partition, ['control', 'ingest', 'replay']],
  ['marks of running replays', keys.runningReplayKey('p' as ReplayId).partition, ['control', 'ingest', 'replay']],
  ['the audit log', keys.auditKey(tenant, 'l' as AuditId).partition, ['control', 'ingest', 'query']],
  ['failed sign-ins', keys.signInsKey('source 192.0.2.7').partition, ['control']],
  ['identities of an external issuer', keys.externalKey('https://id', 'u').partition, ['control']],
  ['leftovers of tables', keys.leftoverKey(table).partition, ['control', 'query', 'compact']],
];

/** As IAM's StringLike. */
function isLike(text: string, pattern: string): boolean {
  const literal = (part: string) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`).test(text);
}

function mayWrite(name: FunctionName, partition: string): boolean {
  return permissions[name].some(
    ({ on, actions, partitions = ['*'] }) =>
      on === 'catalog' &&
      actions.includes('dynamodb:PutItem') &&
      partitions.some((pattern) => isLike(partition, pattern)),
  );
}

describe('which functions may write which items of the catalog', () => {
  it.each(writers)('%s (%s)', (_what, partition, expected) => {
    expect(functionNames.filter((name) => mayWrite(name, partition))).toEqual(expected);
  });

  it('has every key of the catalog, and no pattern that fits none', () => {
    const named = writers.map(([, partition]) => partition);
    const made = Object.keys(keys).filter((name) => name.endsWith('Key'));
    expect(writers).toHaveLength(made.length);
    const patterns = Object.values(permissions).flatMap((of) => of.flatMap(({ partitions = [] }) => partitions));
    expect(patterns.filter((pattern) => !named.some((partition) => isLike(partition, pattern)))).toEqual([]);
  });

  it('lets none but control and setup write who may do what', () => {
    const identities = writers.filter(
      ([what]) => /users|addresses|identities|keys(?:, by id)?$/.test(what) && !/idem/.test(what),
    );
    expect(identities.map(([what]) => what)).toEqual([
      'users',
      'addresses',
      'API keys, by id',
      'API keys',
      'public keys',
      'identities of an external issuer',
    ]);
    for (const [, partition] of identities) {
      const others = functionNames.filter((name) => name !== 'control' && name !== 'setup');
      expect(others.filter((name) => mayWrite(name, partition))).toEqual([]);
    }
  });

  it('splits no kind of write: what one action may, all may, and a check alone is free', () => {
    for (const of of Object.values(permissions)) {
      const writing = of.filter(
        ({ on, actions }) => on === 'catalog' && actions.some((one) => /(?:Put|Delete|Write)/.test(one)),
      );
      expect(writing).toHaveLength(1);
      expect(writing[0]!.actions).toEqual(['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']);
    }
  });
});
