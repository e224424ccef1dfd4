import { afterAll, beforeAll } from '@jest/globals';
import { makeSecretSigningKeys } from '../../lambdas/adapters/aws/secret-signing-keys.ts';
import { makePublishedKeys } from '../../lambdas/adapters/catalog/published-keys.ts';
import { signingKeysSuite } from '../conformance/signing-keys-suite.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';
import { openDynamoItems } from './open-dynamo-items.ts';

let place: AwsTestPlace;
beforeAll(async () => {
  place = await openAwsTestPlace();
});
afterAll(() => place.close());

signingKeysSuite('secrets', async () => {
  const [{ items, clock }, secretId] = await Promise.all([openDynamoItems(place), place.makeSecret()]);
  return {
    open: () =>
      makeSecretSigningKeys({
        secretId,
        client: async () => place.secrets,
        published: makePublishedKeys(items, clock),
      }),
    close: async () => {},
  };
});
