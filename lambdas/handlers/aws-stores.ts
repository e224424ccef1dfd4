import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { loadS3Client, makeDynamoClient } from '../adapters/aws/aws-clients.ts';
import { makeDynamoItemStore } from '../adapters/aws/dynamo-item-store.ts';
import { makeDynamoRowStore } from '../adapters/aws/dynamo-row-store.ts';
import { isOverload } from '../adapters/aws/overload.ts';
import { makeS3ObjectCopies } from '../adapters/aws/s3-object-copies.ts';
import { makeS3ObjectStore } from '../adapters/aws/s3-object-store.ts';
import { makeCatalog } from '../adapters/catalog/catalog.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { ulidSource } from '../adapters/system/ulid-source.ts';
import type { RowStore } from '../ports/row-store.ts';

/** What every function has: the catalog, objects, and the client that other stores in DynamoDB share. */
export function openAwsStores(env: { readonly HEADGATE_CATALOG_TABLE: string; readonly HEADGATE_BUCKET: string }) {
  const [clock, ids] = [systemClock, ulidSource];
  const dynamo = makeDynamoClient();
  let s3: Promise<S3Client> | undefined;
  const client = () => {
    s3 ??= loadS3Client();
    return s3;
  };
  const bucket = { bucket: env.HEADGATE_BUCKET, client };
  const objects = makeS3ObjectStore(bucket);
  /** What DuckDB reads segments from. */
  const segmentSource = { readObject: (key: string) => objects.get(key), copyObject: makeS3ObjectCopies(bucket) };
  const items = makeDynamoItemStore({
    client: dynamo,
    table: env.HEADGATE_CATALOG_TABLE,
    overflow: objects,
    clock,
    ids,
  });
  return { dynamo, objects, segmentSource, items, catalog: makeCatalog(items), clock, ids, isOverload };
}

/**
 * The tables of rows. A function that makes none leaves `recovery` out.
 * @param recovery `on`: a new table can be restored to any second of the last 35 days
 */
export function openAwsRows(
  dynamo: DynamoDBClient,
  { HEADGATE_ROW_TABLE_PREFIX: tablePrefix }: { readonly HEADGATE_ROW_TABLE_PREFIX: string },
  recovery = 'off',
): RowStore {
  return makeDynamoRowStore({
    dynamo,
    tablePrefix,
    recovery: recovery === 'on',
    tags: { product: 'headgate', tablePrefix },
  });
}
