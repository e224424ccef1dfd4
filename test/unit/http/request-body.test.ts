import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Validator } from '../../../lambdas/generated/request-validators.js';
import * as validators from '../../../lambdas/generated/request-validators.js';
import { readBody } from '../../../lambdas/http/request-body.ts';
import { explainedKeywords } from '../../../lambdas/http/schema-problem.ts';
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

/** Keywords that can refuse a body; those that a body passes whatever it is are for readers, or hold other schemas. */
function* keywordsIn(schema: object): Generator<string> {
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties') for (const one of Object.values(value as object)) yield* keywordsIn(one as object);
    else if (keyword === 'items') yield* keywordsIn(value as object);
    else if (!harmless.has(keyword)) yield keyword;
  }
}
const harmless = new Set(['$schema', 'title', 'description', 'default', 'examples', 'x-component']);

describe('bodies of control calls', () => {
  it.each(readFixture<BadBody[]>('http/bad-bodies.json'))(
    '$schema: $message',
    async ({ schema, body, kind, message, parameter }) => {
      const problem = await refused(schema, JSON.stringify(body));
      expect(problem).toMatchObject({ kind, message, details: parameter === undefined ? {} : { parameter } });
    },
  );

  it.each([
    [
      'a list that is too long',
      'V2ReplayBody',
      `{"from":"archive","ids":[${'"a",'.repeat(1000)}"a"]}`,
      'ids must have at most 1000 members, not 1001.',
    ],
    [
      'beyond 2^53',
      'V2QuotaBody',
      '{"burst_seconds":9007199254740993}',
      'burst_seconds must be a whole number within 2^53, not 9007199254740993.',
    ],
    [
      'of many digits',
      'V2QuotaBody',
      '{"burst_seconds":1.50000000000000000001}',
      'burst_seconds must be a whole number, not 1.50000000000000000001.',
    ],
    ['a number for a text', 'V2InviteBody', '{"email":1.50000000000000000001}', 'email must be text, not a number.'],
  ])('says what is wrong with %s', async (_, schema, text, message) => {
    expect((await refused(schema, text)).message).toBe(message);
  });

  it('has words for every keyword of the schemas', () => {
    const folder = new URL('../../../schemas/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
    const used = new Set(
      files.flatMap((name) => [...keywordsIn(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))]),
    );
    expect(used.size).toBeGreaterThan(5);
    expect([...used].filter((keyword) => !explainedKeywords.includes(keyword))).toEqual([]);
  });

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
