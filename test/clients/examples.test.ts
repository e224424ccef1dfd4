import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AcceptanceTarget, openAcceptanceTarget } from '../support/acceptance-target.ts';
import { signInTo } from '../support/headgate-api.ts';
import { repositoryText } from '../support/repository-files.ts';
import { clientPython, runClient } from '../support/run-client.ts';

jest.setTimeout(120_000);

const examples: readonly (readonly [string, () => string, string])[] = [
  ['curl', () => 'bash', 'examples/curl/token-to-query.sh'],
  ['Python', clientPython, 'examples/python/token_to_query.py'],
  ['JavaScript', () => process.execPath, 'examples/javascript/token-to-query.mjs'],
];

describe('the examples', () => {
  let target: AcceptanceTarget;
  beforeAll(async () => {
    target = await openAcceptanceTarget();
  });
  afterAll(() => target?.close());

  it.each(examples)('%s: prints what its page says, and leaves nothing behind', async (_name, program, file) => {
    const printed = await runClient(target, program(), file);
    expect(printed).toBe(`sent: 2 taken, 1 refused at /value/temperature
rows: [["cellar",12.3,["cold"]],["kitchen",21.5,["indoor","warm"]]]
deleted
`);
    expect(repositoryText('examples/README.md')).toContain(printed);
    const { body } = await (await signInTo(target)).get<{ resources: { name: string }[] }>('/v2/databases');
    expect(body.resources.map(({ name }) => name).filter((name) => /^(?:curl|python|javascript)-/.test(name))).toEqual(
      [],
    );
  });
});
