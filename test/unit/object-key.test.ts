import { describe, expect, it } from '@jest/globals';
import { objectFolderOf, objectKeyParts } from '../../lambdas/domain/naming/object-key.ts';

describe('the parts of an object key', () => {
  it.each([
    ['a', ['a']],
    ['tenant/table_1/day=2022-08-09/AZ.parquet', ['tenant', 'table_1', 'day=2022-08-09', 'AZ.parquet']],
    ['...', ['...']],
    ['.a/..b', ['.a', '..b']],
  ])('%s', (key, parts) => {
    expect(objectKeyParts(key)).toEqual(parts);
  });

  it.each(['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', 'a/./b', '../a', 'a\\b', 'a b', 'é', 'a\0', 'a\n', '!a'])(
    'refuses %j',
    (key) => {
      expect(() => objectKeyParts(key)).toThrow(TypeError);
      expect(() => objectKeyParts(key)).toThrow(
        `object key ${JSON.stringify(key)} is not parts of A-Z a-z 0-9 . _ = -`,
      );
    },
  );

  it('shows no more than 40 characters of a key', () => {
    expect(() => objectKeyParts('!'.repeat(41))).toThrow(`object key "${'!'.repeat(40)}" is not`);
  });
});

describe('the folder of a prefix', () => {
  it.each([
    ['', ''],
    ['a', ''],
    ['a/', 'a/'],
    ['a/b', 'a/'],
    ['a/b/', 'a/b/'],
    ['a/b/c', 'a/b/'],
    ['a/..', 'a/'],
  ])('of %j is %j', (prefix, folder) => {
    expect(objectFolderOf(prefix)).toBe(folder);
  });

  it.each(['../', 'a/../b', '/', '/a', 'a//b'])('refuses %j', (prefix) => {
    expect(() => objectFolderOf(prefix)).toThrow(TypeError);
  });
});
