import { afterAll, beforeAll } from '@jest/globals';
import { sharedQuotaSuite } from '../conformance/shared-quota-suite.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';
import { openDynamoItems } from './open-dynamo-items.ts';

let place: AwsTestPlace;
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(() => place.close());

sharedQuotaSuite('the catalog over DynamoDB', async () => {
  const { items, clock } = await openDynamoItems(place);
  return { items, clock, close: async () => {} };
});
