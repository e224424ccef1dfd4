import { describe, expect, it } from '@jest/globals';
import { queryAnswerBytesMax } from '../../lambdas/domain/limits.ts';
import {
  answerText,
  toErrorData,
  toSchemaData,
  toTableResponse,
} from '../../lambdas/http/dialects/featurebase-results.ts';
import type { QueryAnswer } from '../../lambdas/use-cases/run-query.ts';
import { readFixtureLines } from '../support/parse-fixture-lines.ts';

interface AnswerCase {
  readonly name: string;
  readonly answer: QueryAnswer;
  /** The older form. */
  readonly table: unknown;
  /** The newer form. */
  readonly schema: unknown;
}

const cases = readFixtureLines<AnswerCase>('results/answers.jsonl').map((line) => [line.values.name, line] as const);

describe("FeatureBase's answer forms, digit by digit", () => {
  it.each(cases)('%s (2022)', (_name, { values, digits }) => {
    expect(answerText(toTableResponse(values.answer))).toBe(JSON.stringify(digits.table));
  });

  it.each(cases)('%s (2023)', (_name, { values, digits }) => {
    expect(answerText(toSchemaData(values.answer))).toBe(JSON.stringify(digits.schema));
  });
});

describe('errors of the 2023 routes', () => {
  it('are an answer with the key error', () => {
    expect(toErrorData("[1:15] table or view 'nope' not found")).toEqual({
      error: "[1:15] table or view 'nope' not found",
      'execution-time': 0,
    });
    expect(toErrorData('too long', 2.5)['execution-time']).toBe(2_500);
  });

  it('are the only ones: a successful answer has no such key', () => {
    expect(toSchemaData({ columns: [], rows: [], elapsedMs: 1 })).not.toHaveProperty('error');
  });
});

describe('numbers that JSON does not have', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is null', (value) => {
    const answer: QueryAnswer = { columns: [{ name: 'x', type: { type: 'float' } }], rows: [[value]], elapsedMs: 0 };
    expect(answerText(toTableResponse(answer))).toContain('{"ColumnVal":{"Float64Val":null}}');
    expect(answerText(toSchemaData(answer))).toContain('"data":[[null]]');
  });
});

/** Bytes of the string within the JSON that a function answers with, less its own two quotes. */
const carried = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;

describe('large answers', () => {
  const answer = (length: number): QueryAnswer => ({
    columns: [{ name: 's', type: { type: 'string' } }],
    rows: [['é'.repeat(length)]],
    elapsedMs: 0,
  });

  it('are refused from one byte too many', () => {
    const overhead = carried(answerText(toSchemaData(answer(0))));
    const fitting = Math.floor((queryAnswerBytesMax - overhead) / 2);
    expect(carried(answerText(toSchemaData(answer(fitting))))).toBeGreaterThan(queryAnswerBytesMax - 2);
    expect(() => answerText(toSchemaData(answer(fitting + 1)))).toThrow(/bytes, more than 6000000: add a LIMIT/);
  });

  it('are measured as Lambda carries them: every quote and backslash is escaped once more', () => {
    const quoted = (length: number) => toSchemaData({ ...answer(0), rows: [['"\\'.repeat(length)]] });
    expect(carried(answerText(quoted(700_000)))).toBeLessThan(queryAnswerBytesMax);
    expect(Buffer.byteLength(JSON.stringify(quoted(800_000)))).toBeLessThan(queryAnswerBytesMax);
    expect(() => answerText(quoted(800_000))).toThrow(/more than 6000000/);
  });
});
