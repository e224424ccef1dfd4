import { afterAll, beforeAll } from '@jest/globals';
import { itemStoreSuite } from '../conformance/item-store-suite.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';
import { openDynamoItems } from './open-dynamo-items.ts';

let place: AwsTestPlace;
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(() => place.close());

itemStoreSuite('the DynamoDB item store', async () => {
  const { items, clock } = await openDynamoItems(place);
  const nowSeconds = () => Math.floor(clock.now() / 1_000);
  return { items, nowSeconds, advance: clock.advance, close: async () => {} };
});
