import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, type DynamoDBClientConfig, paginateListTables } from '@aws-sdk/client-dynamodb';
import { makeDynamoClient } from '../../lambdas/adapters/aws/aws-clients.ts';
import { type DynamoRowParts, makeDynamoRowStore } from '../../lambdas/adapters/aws/dynamo-row-store.ts';
import type { TableId } from '../../lambdas/domain/ids.ts';
import type { RowStore } from '../../lambdas/ports/row-store.ts';
import { patiently } from './aws-test-place.ts';

export interface DynamoRows {
  readonly dynamo: DynamoDBClient;
  readonly tablePrefix: string;
  /** A store; each call makes another over the same tables. */
  make(parts?: Partial<DynamoRowParts>): RowStore;
  /** Drops all tables of the prefix. */
  close(): Promise<void>;
}

/**
 * Row stores in the DynamoDB that `AWS_ENDPOINT_URL` names, under a prefix of their own.
 * @throws without that variable: tests never reach for an AWS account
 */
export function openDynamoRows(dynamo: DynamoDBClient = localDynamo()): DynamoRows {
  const tablePrefix = `headgate-test-${randomUUID()}-rows-`;
  const make = (parts: Partial<DynamoRowParts> = {}): RowStore =>
    makeDynamoRowStore({ dynamo, tablePrefix, recovery: true, tags: { project: 'headgate' }, ...parts });
  return {
    dynamo,
    tablePrefix,
    make,
    async close() {
      const store = make();
      const start = tablePrefix.slice(0, -1);
      for await (const { TableNames = [] } of paginateListTables(
        { client: dynamo },
        { ExclusiveStartTableName: start },
      )) {
        const ours = TableNames.filter((name) => name.startsWith(tablePrefix));
        for (const name of ours) await store.drop(name.slice(tablePrefix.length) as TableId);
        if (ours.length < TableNames.length) break;
      }
      dynamo.destroy();
    },
  };
}

/** A client of the local endpoint that the environment names. */
export function localDynamo(config: DynamoDBClientConfig = {}): DynamoDBClient {
  if (process.env['AWS_ENDPOINT_URL'] === undefined) throw new Error('AWS_ENDPOINT_URL names no LocalStack');
  return makeDynamoClient({ ...patiently(), ...config });
}
