import { afterAll, beforeAll } from '@jest/globals';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { catalogSuite } from '../conformance/catalog-suite.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';
import { openDynamoItems } from './open-dynamo-items.ts';

let place: AwsTestPlace;
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(() => place.close());

catalogSuite('the catalog over DynamoDB', async () => {
  const { items, clock } = await openDynamoItems(place);
  return { catalog: makeCatalog(items), advance: clock.advance, close: async () => {} };
});
