import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { runClient, runPython } from '../support/run-client.ts';

jest.setTimeout(120_000);

/** Clients as they are in the field, each in a process of its own; what they print last is what they saw. */
describe('clients in the field', () => {
  let target: AcceptanceTarget;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
  });
  afterAll(() => target?.close());
  const run = (script: string) => runPython(target, `test/clients/scripts/${script}.py`);

  it('the script that deploys from a shell cuts ids, states and counts out of answers with grep and sed', async () => {
    const printed = await runClient(target, 'bash', 'test/clients/scripts/deploy.sh');
    expect(printed).toBe(`RUNNING
ACTIVE
150 taken
setosa 50
versicolor 50
virginica 50
gone
`);
  });

  it('the notebook loads 1,000 records a request with sets of texts', async () => {
    expect(await run('string_sets')).toEqual({
      statuses: [200, 200, 200],
      taken: 3_000,
      count: 3_000,
      even: 1_500,
      second: 100,
      spend: 4_498_500,
      row: [['all', 'even', 'second', 'tenth'], 'city 0', 0],
      too_many: [413, 'PayloadTooLarge'],
    });
  });

  it('the tutorial that loads a CSV backs off for a second, and every row arrives', async () => {
    const facts = (await run('back_off')) as Record<string, number>;
    expect(facts).toMatchObject({ resends_refused: 0, count: 800, sum: 39_600 });
    expect(facts['sent_again']).toBeGreaterThan(0);
  });

  it('the shell client signs in with the envelope of Cognito', async () => {
    expect(await run('cognito_envelope')).toEqual({
      status: 200,
      keys: ['AccessToken', 'ExpiresIn', 'IdToken', 'RefreshToken', 'TokenType'],
      expires_in: 3_600,
      token_type: 'Bearer',
      refreshed: 200,
      refused: 401,
      bare: 200,
    });
  });

  it('the generator of all types has a sink with each of them, and a record with every field', async () => {
    expect(await run('all_types')).toEqual({ columns: 22, taken: 1, other: {} });
  });

  it('a script makes itself an API key, queries with its secret alone, and takes it back', async () => {
    expect(await run('api_key')).toEqual({
      created: 201,
      rows: [[0]],
      listed: true,
      secret_in_list: false,
      revoked: 2,
      after: 401,
    });
  });
});
