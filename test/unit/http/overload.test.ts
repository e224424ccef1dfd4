import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isOverload } from '../../../lambdas/adapters/aws/overload.ts';
import { type HttpPlace, openHttpPlace } from '../../support/http-place.ts';

/** Stores that fail in their own ways, behind the ordinary stack. */
describe('a store that fails', () => {
  let place: HttpPlace;
  let failure: Error;
  beforeAll(async () => {
    place = await openHttpPlace({ isOverload });
    const listTables = place.ports.catalog.listDatabases;
    place.ports.catalog.listDatabases = (...args) => (failure ? Promise.reject(failure) : listTables(...args));
  });
  afterAll(() => place.close());

  it.each([
    ['without capacity', Object.assign(new Error('slow down'), { name: 'ThrottlingException' }), 503],
    ['without an answer', Object.assign(new Error('reset'), { code: 'ECONNRESET' }), 503],
    ['for a reason of ours', new TypeError('x is undefined'), 500],
  ])('%s is told apart', async (_, error, status) => {
    failure = error;
    const client = await place.as('ann@example.com');
    const answer = await client('GET', '/v2/databases');
    expect([answer.statusCode, answer.headers?.['retry-after']]).toEqual([status, status === 503 ? '1' : undefined]);
    expect(answer.body).not.toContain(error.message);
  });
});
