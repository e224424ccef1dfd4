import { afterAll, beforeAll } from '@jest/globals';
import { makeLeasedVersionSource } from '../../lambdas/adapters/catalog/leased-version-source.ts';
import { versionSourceSuite } from '../conformance/version-source-suite.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';
import { openDynamoItems } from './open-dynamo-items.ts';

let place: AwsTestPlace;
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(() => place.close());

versionSourceSuite('the leased version source over DynamoDB', async () => {
  const { items, clock } = await openDynamoItems(place);
  const crash = () => makeLeasedVersionSource({ items, clock, holder: 'a test', random: Math.random });
  return { nowMs: clock.now, advance: clock.advance, crash, restart: async () => crash(), close: async () => {} };
});
