import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadS3Client, makeDynamoClient } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeS3ObjectStore } from '../../lambdas/adapters/aws/s3-object-store.ts';
import { itemStoreSuite } from '../conformance/item-store-suite.ts';
import { objectStoreSuite } from '../conformance/object-store-suite.ts';
import { type AwsTestPlace, openAwsTestPlace, patiently } from './aws-test-place.ts';
import { type BrokenCalls, breakCalls } from './break-calls.ts';
import { openDynamoItems } from './open-dynamo-items.ts';

/** Many callers at once may meet broken attempts in a row; the product's own number is tested where calls are few. */
const patient = () => ({ ...patiently(), maxAttempts: 10 });

let place: AwsTestPlace;
let s3: S3Client;
const dynamo = makeDynamoClient(patient());
const broken: Record<string, BrokenCalls> = { dynamo: breakCalls(dynamo) };
beforeAll(async () => {
  place = await openAwsTestPlace();
  s3 = await loadS3Client(patient());
  broken['s3'] = breakCalls(s3);
});
afterAll(async () => {
  dynamo.destroy();
  s3.destroy();
  await place.close();
});

itemStoreSuite('the DynamoDB item store whose calls break', async () => {
  const { items, clock } = await openDynamoItems(place, dynamo);
  const nowSeconds = () => Math.floor(clock.now() / 1_000);
  return { items, nowSeconds, advance: clock.advance, close: async () => {} };
});

objectStoreSuite('the S3 object store whose calls break', async () => {
  const bucket = await place.makeBucket();
  return { objects: makeS3ObjectStore({ bucket, client: async () => s3 }), close: async () => {} };
});

describe('calls to DynamoDB and S3', () => {
  it.each(['dynamo', 's3'])('did break, before and after they reached the service: %s', (service) => {
    expect(broken[service]!.before).toBeGreaterThan(5);
    expect(broken[service]!.after).toBeGreaterThan(5);
  });
});
