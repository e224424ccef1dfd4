import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type TableDescription,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableId } from '../../domain/ids.ts';
import type { KeyType, TableShape } from '../../domain/table.ts';
import { type RowStore, RowStoreRefused } from '../../ports/row-store.ts';
import { kindOfError } from './dynamo-row-errors.ts';
import type { RetryPause } from './jittered-pause.ts';

/** Tries of a create that meets the table's deletion, or a delete that meets its creation: with the pauses, 10 s or so. */
const lifeAttemptsMax = 14;

export interface RowTableParts {
  readonly dynamo: DynamoDBClient;
  readonly tableNameOf: (tableId: TableId) => string;
  /** Turns point-in-time recovery on. */
  readonly recovery: boolean;
  /** Of each table, as name and value. */
  readonly tags: Readonly<Record<string, string>>;
  /** Between tries; these wait for AWS to make or remove a table, which takes seconds. */
  readonly pause: RetryPause;
}

export interface RowTables extends Pick<RowStore, 'create' | 'status' | 'drop'> {
  /** @throws when the table is there and keyed otherwise than `table` says */
  assertKeyType(table: TableShape): Promise<void>;
}

/**
 * The physical tables, one for each of Headgate's. On demand, because nobody can say a new table's load. Encrypted at
 * rest as every table is, with the key that AWS owns: a key of ours would cost a request to KMS for its use and protect
 * from nobody, since whoever may read the table may use its key. Point-in-time recovery can be turned on only once a
 * table is ACTIVE, so `status` does it before it first says so.
 */
export function makeRowTables(parts: RowTableParts): RowTables {
  const { dynamo, tableNameOf, pause } = parts;
  const recoverable = new Set<TableId>();

  async function find(tableId: TableId): Promise<TableDescription | undefined> {
    try {
      return (await dynamo.send(new DescribeTableCommand({ TableName: tableNameOf(tableId) }))).Table;
    } catch (error) {
      return ifMissing(error);
    }
  }

  /** @returns false while AWS still makes the table ready for recovery, undefined when it is gone */
  async function makeRecoverable(tableId: TableId): Promise<boolean | undefined> {
    if (recoverable.has(tableId)) return true;
    try {
      await dynamo.send(
        new UpdateContinuousBackupsCommand({
          TableName: tableNameOf(tableId),
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      );
    } catch (error) {
      if (isNamed(error, 'ContinuousBackupsUnavailableException')) return false;
      return ifMissing(error);
    }
    recoverable.add(tableId);
    return true;
  }

  return {
    async create(table) {
      for (let attempt = 1; ; attempt++) {
        try {
          await dynamo.send(createCommand(parts, table));
          return;
        } catch (error) {
          if (!isNamed(error, 'ResourceInUseException')) throw refusalOf(error);
        }
        const found = await find(table.id);
        if (found && found.TableStatus !== 'DELETING') return assertKeyed(found, table);
        if (attempt === lifeAttemptsMax) throw new Error(`table ${table.id} is still being deleted`);
        await pause(attempt);
      }
    },
    async status(tableId) {
      const found = await find(tableId);
      if (found === undefined || found.TableStatus === 'DELETING') return 'absent';
      if (found.TableStatus === 'CREATING') return 'creating';
      const ready = parts.recovery ? await makeRecoverable(tableId) : true;
      return ready === undefined ? 'absent' : ready ? 'active' : 'creating';
    },
    async drop(tableId) {
      recoverable.delete(tableId);
      for (let attempt = 1; ; attempt++) {
        try {
          await dynamo.send(new DeleteTableCommand({ TableName: tableNameOf(tableId) }));
          return;
        } catch (error) {
          if (!isNamed(error, 'ResourceInUseException')) return ifMissing(error);
        }
        const found = await find(tableId);
        if (found === undefined || found.TableStatus === 'DELETING') return;
        if (attempt === lifeAttemptsMax)
          throw new Error(`table ${tableId} cannot be deleted: it is ${found.TableStatus}`);
        await pause(attempt);
      }
    },
    async assertKeyType(table) {
      const found = await find(table.id);
      if (found) assertKeyed(found, table);
    },
  };
}

function createCommand({ tableNameOf, tags }: RowTableParts, table: TableShape): CreateTableCommand {
  return new CreateTableCommand({
    TableName: tableNameOf(table.id),
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: '_id', AttributeType: table.keyType === 'id' ? 'N' : 'S' }],
    KeySchema: [{ AttributeName: '_id', KeyType: 'HASH' }],
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });
}

function assertKeyed({ AttributeDefinitions }: TableDescription, table: TableShape): void {
  const keyType: KeyType = AttributeDefinitions?.[0]?.AttributeType === 'N' ? 'id' : 'string';
  if (keyType !== table.keyType) {
    throw new Error(`the store of table ${table.id} is keyed by ${keyType}, not by ${table.keyType}`);
  }
}

/**
 * DynamoDB limits with one error how many tables there may be, and how many may be made at a time; the second passes.
 * (DynamoDB API reference, CreateTable.)
 */
function refusalOf(error: unknown): unknown {
  if (isNamed(error, 'LimitExceededException') && !/simultaneously/i.test((error as Error).message)) {
    return new RowStoreRefused('this account has as many DynamoDB tables as it may have in this region');
  }
  if (isNamed(error, 'ValidationException')) return new RowStoreRefused('DynamoDB does not take such a table');
  if (isNamed(error, 'AccessDeniedException')) return new RowStoreRefused('this deployment may not make tables');
  return error;
}

/** @throws any other error than that the table is missing */
function ifMissing(error: unknown): undefined {
  if (kindOfError(error) !== 'no_table') throw error;
  return undefined;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
