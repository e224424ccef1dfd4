import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { quoteIdentifier, quoteText } from '../../lambdas/domain/naming/quote-identifier.ts';

const texts = [
  'plain',
  'Select',
  'two words',
  '"',
  '""',
  "'",
  "''; DROP TABLE t; --",
  '"; DROP TABLE t; --',
  '`',
  '[a]',
  '\\',
  '\\"',
  '$1',
  '?',
  '-- no comment',
  '/* */',
  '\n',
  '\u2028',
  'é',
  '😀',
  '%_',
];

describe('quoting', () => {
  it.each([
    ['a', '"a"', "'a'"],
    ['a"b', '"a""b"', `'a"b'`],
    ["a'b", `"a'b"`, "'a''b'"],
    ['', '""', "''"],
  ])('%j', (text, identifier, literal) => {
    expect(quoteIdentifier(text)).toBe(identifier);
    expect(quoteText(text)).toBe(literal);
  });

  it.each(texts)('SQLite reads %j as one name and as one literal', (text) => {
    const database = new DatabaseSync(':memory:');
    const row = database.prepare(`SELECT ${quoteText(text)} AS ${quoteIdentifier(text)}`).get();
    database.close();
    expect({ ...row }).toEqual({ [text]: text });
  });

  it.each([quoteIdentifier, quoteText])('%p refuses NUL', (quote) => {
    expect(() => quote('a\0b')).toThrow(RangeError);
  });
});
