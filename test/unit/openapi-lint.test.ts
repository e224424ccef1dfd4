import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openApiFindings } from '../support/openapi-lint.ts';

const text = readFileSync(new URL('../../schemas/openapi.yaml', import.meta.url), 'utf8');

describe('the linter of OpenAPI documents', () => {
  it('finds nothing in openapi.yaml', async () => {
    expect(await openApiFindings()).toEqual([]);
  });

  it.each([
    ['an operation without a summary', /^ +summary: Sign in.*\n/m, '', 'operation-summary'],
    ['a reference to nothing', '#/components/schemas/Tokens', '#/components/schemas/Token', 'no-unresolved-refs'],
    ['a tag that nobody described', 'tags: [Query]', 'tags: [Queries]', 'operation-tag-defined'],
    ['two operations of one name', 'operationId: getHealth', 'operationId: getOpenApi', 'operation-operationId-unique'],
  ])('finds %s', async (_name, from, to, rule) => {
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    expect((await openApiFindings(broken)).join('\n')).toContain(rule);
  });
});
