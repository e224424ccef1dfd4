import { describe, expect, it } from '@jest/globals';
import { loggedError } from '../../../lambdas/http/logged-error.ts';

describe('what a log line says of an error', () => {
  it('leaves out what a parser quotes of its input', () => {
    const parse = () => JSON.parse('{"password": hunter2}');
    expect(parse).toThrow('hunter2');
    try {
      parse();
    } catch (error) {
      expect(JSON.stringify(loggedError(error))).not.toContain('hunter2');
      expect(loggedError(error).cause).toBe('SyntaxError');
    }
  });

  it.each([
    [
      `Conversion Error: Could not convert string 'hunter2' to INT32`,
      `Conversion Error: Could not convert string '…' to INT32`,
    ],
    ['bad "hunter2" and `hunter2`, at 3', 'bad "…" and `…`, at 3'],
    [`it can't read 'it\\'s hunter2' here`, `it can't read '…' here`],
    ['unclosed "hunter2 and more hunter2', 'unclosed "…"'],
    ['two\nlines "hunter2\nhunter2" and on', 'two\nlines "…" and on'],
    ['token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.c2lnbmVkLWh1bnRlcjI is bad', 'token … is bad'],
    ['key hgk_hunter2-abc is bad', 'key … is bad'],
    ['table 01KFV6D1N7S3P0V9E2RXB4W8QA has no file', 'table 01KFV6D1N7S3P0V9E2RXB4W8QA has no file'],
  ])('leaves out what a message quotes: %s', (message, kept) => {
    expect(loggedError(new Error(message)).cause).toBe(`Error: ${kept}`);
  });

  it('cuts a message, and keeps frames alone of a stack', () => {
    const { cause, stack } = loggedError(new Error(`bad value: ${'x'.repeat(500)}`));
    expect(cause).toBe(`Error: bad value: ${'x'.repeat(109)}`);
    expect(stack!.every((line) => line.startsWith('    at '))).toBe(true);
  });

  it.each([
    ['text', 'string: '],
    [undefined, 'undefined: '],
  ])('bears what is no error: %j', (thrown, cause) => {
    expect(loggedError(thrown)).toEqual({ cause, stack: undefined });
  });
});
