import { afterAll, beforeAll } from '@jest/globals';
import { makeS3ObjectStore } from '../../lambdas/adapters/aws/s3-object-store.ts';
import { objectStoreSuite } from '../conformance/object-store-suite.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';

let place: AwsTestPlace;
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(() => place.close());

objectStoreSuite('the S3 object store', async () => {
  const bucket = await place.makeBucket();
  return { objects: makeS3ObjectStore({ bucket, client: async () => place.s3 }), close: async () => {} };
});
