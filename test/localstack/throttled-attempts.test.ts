import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import type { Problem } from '../../lambdas/domain/problem.ts';
import { pause } from '../../lambdas/http/pause.ts';
import { type ThrottlePorts, throttled } from '../../lambdas/use-cases/throttle-attempts.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';
import { openDynamoItems } from './open-dynamo-items.ts';

let place: AwsTestPlace;
let ports: ThrottlePorts;
beforeAll(async () => {
  place = await openAwsTestPlace();
  const { items, clock } = await openDynamoItems(place);
  ports = { catalog: makeCatalog(items), clock, pause };
});
afterAll(() => place.close());

const at = (address: string) => ({ source: '192.0.2.7', address });

it('lets five of twenty wrong guesses pass that come at once', async () => {
  let looked = 0;
  const guesses = Array.from({ length: 20 }, () =>
    throttled(ports, at('guessed@example.com'), async () => {
      looked += 1;
      await pause(20);
      return undefined;
    }).catch(({ kind }: Problem) => kind),
  );
  const answers = await Promise.all(guesses);
  expect(looked).toBe(5);
  expect(answers.filter((kind) => kind === 'over_rate')).toHaveLength(15);
});

it('lets all of twenty in that come at once and know the secret', async () => {
  const signIns = Array.from({ length: 20 }, () =>
    throttled(ports, at('known@example.com'), async () => {
      await pause(20);
      return 'in';
    }),
  );
  expect(await Promise.all(signIns)).toEqual(Array(20).fill('in'));
});
