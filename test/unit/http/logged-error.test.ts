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
