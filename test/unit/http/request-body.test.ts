import { describe, expect, it } from '@jest/globals';
import type { Validator } from '../../../lambdas/generated/request-validators.js';
import * as validators from '../../../lambdas/generated/request-validators.js';
import { readBody } from '../../../lambdas/http/request-body.ts';
import { problemOf } from '../../support/problem-of.ts';
import { readFixture } from '../../support/read-fixture.ts';

interface BadBody {
  readonly schema: string;
  readonly body: unknown;
  readonly kind: string;
  readonly message: string;
  readonly parameter?: string;
}

const all = validators as unknown as Readonly<Record<string, Validator<unknown>>>;
const validatorOf = (schema: string) => all[`is${schema}`]!;
const refused = (schema: string, text: string) => problemOf(() => readBody(validatorOf(schema), text));

describe('bodies of control calls', () => {
  it.each(readFixture<BadBody[]>('http/bad-bodies.json'))(
    '$schema: $message',
    async ({ schema, body, kind, message, parameter }) => {
      const problem = await refused(schema, JSON.stringify(body));
      expect(problem).toMatchObject({ kind, message, details: parameter === undefined ? {} : { parameter } });
    },
  );

  it.each(['', '  \n', '{', 'USERNAME=a&PASSWORD=hunter2', '"hunter2'])('%j is no JSON', async (text) => {
    const problem = await refused('SignInBody', text);
    expect(problem.kind).toBe('invalid_body');
    expect(problem.message).not.toContain('hunter2');
  });

  it('keeps whole numbers beyond 2^53', () => {
    const body = readBody(validatorOf('V2CreateColumnBody'), '{"options":{"type":"int","max":9223372036854775807}}');
    expect(body).toEqual({ options: { type: 'int', max: 9223372036854775807n } });
  });

  it('tolerates what it does not know', () => {
    const text = '{"language":"sql","statement":"select 1","__proto__":{"x":1},"extra":[1]}';
    expect(readBody(validatorOf('QueryBody'), text)).toMatchObject({ language: 'sql', extra: [1] });
  });

  it('never repeats more of a value than 40 characters', async () => {
    const { message } = await refused('QueryBody', JSON.stringify({ language: 'x'.repeat(500), statement: '' }));
    expect(message.length).toBeLessThan(100);
  });
});
