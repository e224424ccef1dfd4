import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { problemBody } from '../../lambdas/http/problem-body.ts';
import { problems, problemType } from '../../lambdas/http/problem-codes.ts';
import { gatewayAnswerBody, gatewayAnswers } from '../../lib/gateway-answers.ts';

const testFolder = fileURLToPath(new URL('..', import.meta.url));
const kinds = Object.keys(problems) as (keyof typeof problems)[];

describe('the registry of problems', () => {
  const tests = readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|json)$/.test(name) && !/unit\/(problems|http\/error-answers)\.test\.ts$/.test(name))
    .map((name) => readFileSync(`${testFolder}${name}`, 'utf8'));

  /** Those that error-answers.test.ts alone throws, and the one that only API Gateway answers (below). */
  const metElsewhere = new Set(['timed_out', 'overloaded', 'rows_unreadable', 'gateway_refused']);
  /** By its name, its type, or a code that no other kind has. */
  it.each(kinds.filter((kind) => !metElsewhere.has(kind)))('%s is met in tests', (kind) => {
    const { code } = problems[kind];
    const isAlone = kinds.filter((one) => problems[one].code === code).length === 1;
    const named = new RegExp(`['"]((/problems/)?${kind}${isAlone ? `|${code}` : ''})['"]`);
    expect(tests.some((text) => named.test(text))).toBe(true);
  });

  it.each(kinds)('%s is explained in sentences', (kind) => {
    const { title, meaning, whatToDo, status } = problems[kind];
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const text of [meaning, whatToDo]) expect(text).toMatch(/^[A-Z`].*[.)]$/);
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it('has a title for each kind that no other has', () => {
    expect(new Set(kinds.map((kind) => problems[kind].title)).size).toBe(kinds.length);
    expect(new Set(kinds.map(problemType)).size).toBe(kinds.length);
  });

  it('leaves out what is not known', () => {
    expect(Object.keys(problemBody('not_found', { message: 'm' }))).toEqual([
      'code',
      'message',
      'type',
      'title',
      'detail',
      'status',
    ]);
    expect(problemBody('gateway_refused', { message: 'm', status: null })).not.toHaveProperty('status');
  });

  it('gives API Gateway its words', () => {
    const bodies = gatewayAnswers.map((answer) => JSON.parse(gatewayAnswerBody(answer)) as Record<string, unknown>);
    expect(bodies.map(({ type, status }) => [type, status])).toEqual([
      ['/problems/payload_too_large', 413],
      ['/problems/over_rate', 429],
      ['/problems/timed_out', 504],
      ['/problems/gateway_refused', undefined],
      ['/problems/internal_error', undefined],
    ]);
  });
});
