import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { makeDynamoItemStore } from '../../lambdas/adapters/aws/dynamo-item-store.ts';
import { makeS3ObjectStore } from '../../lambdas/adapters/aws/s3-object-store.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import type { ItemStore } from '../../lambdas/ports/item-store.ts';
import { makeTestClock, type TestClock } from '../conformance/open-test-stores.ts';
import type { AwsTestPlace } from './aws-test-place.ts';

export interface DynamoItems {
  readonly items: ItemStore;
  readonly table: string;
  readonly bucket: string;
  readonly clock: TestClock;
}

/** An item store over a table and a bucket of its own. @param dynamo another client than the place's own */
export async function openDynamoItems(
  place: AwsTestPlace,
  dynamo: DynamoDBClient = place.dynamo,
): Promise<DynamoItems> {
  const [table, bucket] = await Promise.all([place.makeItemTable(), place.makeBucket()]);
  const clock = makeTestClock();
  const overflow = makeS3ObjectStore({ bucket, client: async () => place.s3 });
  return {
    items: makeDynamoItemStore({ client: dynamo, table, overflow, clock, ids: ulidSource }),
    table,
    bucket,
    clock,
  };
}
