import type { FunctionName } from './function-table.ts';

/** What a permission is on. `bucket` is the bucket itself (listing), `objects` what is in it. */
export type Target = 'catalog' | 'row-tables' | 'bucket' | 'objects' | 'queue' | 'dead-letter-queue' | 'signing-secret';

/** Actions on one kind of resource. */
export interface Permission {
  readonly on: Target;
  readonly actions: readonly string[];
  /** On `objects`: patterns of their keys. */
  readonly below?: readonly string[];
  /** On `catalog`: patterns of the partitions of the items (`adapters/catalog/catalog-keys.ts`). All, if left out. */
  readonly partitions?: readonly string[];
}

/**
 * Reading is not bound to partitions: one request reads several of them (who asks, the sink, its mapping), most functions
 * read most, and what must not be read (passwords, secrets) is there as a hash only. A check reads.
 */
const catalogReads: Permission = {
  on: 'catalog',
  actions: ['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'],
};
/** Items are written in transactions, each part of which needs the right to itself, and in batches. */
const catalogWrites: Permission = {
  on: 'catalog',
  actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
};
/** Values too large for an item. */
const catalogValues: Permission = {
  on: 'objects',
  below: ['values/*', 'expiring-values/*'],
  actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
};
/** Without the right to list, S3 answers a key that does not exist with 403 and not with 404. */
const missingObjects: Permission = { on: 'bucket', actions: ['s3:ListBucket'] };
/** @param partitions those that the function writes */
function catalog(...partitions: string[]): Permission[] {
  return [catalogReads, { ...catalogWrites, partitions }, catalogValues, missingObjects];
}
/** A receipt and the mark that it is queued are written together. */
const receipts = ['receipt#*', 'pending#*'];
/** What accepting writes besides. */
const accepting = ['idempotency#*', 'version-instances', 'quota-level#*'];
/** Records that were refused, or whose batch failed. */
const quarantine = 'quarantine#*';
/** What was changed, and by whom: who changes something says so. */
const audit = 'audit#*';
/** Minutes of traffic that have to be counted again. */
const metrics = 'metrics#*';
/** Rows and files of deleted tables that still have to go. */
const leftovers = 'leftovers';
/** What DROP TABLE writes: it ends sinks that have drained, and takes table, names, segments and rows away. */
const droppedTables = ['tenant#*', 'database#*', 'table#*', 'sink#*', 'segments#*', leftovers];

function segments(...actions: string[]): Permission {
  return { on: 'objects', below: ['*/segments/*'], actions };
}
/** Bodies too large for a message: put aside by `ingest`, read by `consume`, or by `dead-letters` for the last time. */
function bodies(...actions: string[]): Permission {
  return { on: 'objects', below: ['bodies/*'], actions };
}
/** Where the bodies of dead letters stay. A redriven batch is read from there. */
function deadLetterBodies(...actions: string[]): Permission {
  return { on: 'objects', below: ['dead-letters/*'], actions };
}
/** Bodies of requests that were written: one object a flush. */
function archivedBodies(...actions: string[]): Permission {
  return { on: 'objects', below: ['archive/*'], actions };
}
/** Where a replay takes bodies from. */
const storedBodies: Permission = {
  on: 'objects',
  below: ['archive/*', 'bodies/*', 'dead-letters/*'],
  actions: ['s3:GetObject'],
};
/** What a replay writes: how far it is, and what it notes with the records that it sends. */
const replays = ['replays#*', 'running-replays', 'archive#*', quarantine];

/** Messages that nobody can read, as they came. */
const unreadableMessages: Permission = {
  on: 'objects',
  below: ['unreadable-messages/*'],
  actions: ['s3:PutObject', 's3:GetObject'],
};

/**
 * A table of rows goes with its table: DROP TABLE is a query, and what one leaves behind goes with a compaction. Described to
 * see whether it is gone.
 */
const dropRowTables: Permission = { on: 'row-tables', actions: ['dynamodb:DeleteTable', 'dynamodb:DescribeTable'] };

/** What an event source needs of the queue that it empties for a function. */
const receive = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/**
 * What each function may do beside writing its log: all of it, and nothing on `*`. A function that is taken over can do no
 * more than this table says.
 */
export const permissions: Readonly<Record<FunctionName, readonly Permission[]>> = {
  control: [
    catalogReads,
    // The control plane: there is no partition that it may not have to write.
    catalogWrites,
    catalogValues,
    missingObjects,
    dropRowTables,
    {
      on: 'row-tables',
      actions: [
        'dynamodb:CreateTable',
        // Tables are made with their tags.
        'dynamodb:TagResource',
        'dynamodb:UpdateContinuousBackups',
        'dynamodb:BatchGetItem',
      ],
    },
    segments('s3:DeleteObject'),
    storedBodies,
    { on: 'signing-secret', actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'] },
  ],
  ingest: [
    ...catalog(...receipts, ...accepting, ...replays, audit),
    bodies('s3:PutObject'),
    storedBodies,
    { on: 'queue', actions: ['sqs:SendMessage'] },
  ],
  query: [...catalog(...droppedTables, audit), dropRowTables, segments('s3:GetObject', 's3:DeleteObject')],
  consume: [
    ...catalog(...receipts, quarantine, 'archive#*', metrics, 'segments#*'),
    {
      on: 'row-tables',
      actions: [
        'dynamodb:DescribeTable',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:PartiQLInsert',
        'dynamodb:PartiQLUpdate',
      ],
    },
    bodies('s3:GetObject'),
    deadLetterBodies('s3:GetObject'),
    archivedBodies('s3:PutObject', 's3:GetObject'),
    segments('s3:PutObject', 's3:GetObject'),
    { on: 'queue', actions: receive },
  ],
  'dead-letters': [
    ...catalog(...receipts, quarantine, 'archive#*', metrics),
    bodies('s3:GetObject'),
    deadLetterBodies('s3:PutObject', 's3:GetObject'),
    unreadableMessages,
    { on: 'dead-letter-queue', actions: receive },
  ],
  compact: [
    ...catalog('segments#*', leftovers),
    dropRowTables,
    segments('s3:GetObject', 's3:PutObject', 's3:DeleteObject'),
  ],
  replay: [
    ...catalog(...receipts, ...accepting, ...replays),
    bodies('s3:PutObject'),
    storedBodies,
    { on: 'queue', actions: ['sqs:SendMessage'] },
  ],
  setup: catalog('tenants', 'identities#*', 'email#*'),
};
