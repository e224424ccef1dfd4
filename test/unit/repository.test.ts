import { describe, expect, it } from '@jest/globals';
import { repositoryFiles, repositorySources, repositoryText } from '../support/repository-files.ts';

const linesMax = 300;
/** Source files that may be longer, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {};

const source = /\.(?:ts|tsx|mjs|js|peggy|sh)$/;
const generated = /^(?:lambdas\/generated\/|clients\/typescript\/api\.ts$)/;
/** This file spells what it forbids. */
const self = 'test/unit/repository.test.ts';
/** A home folder at the beginning of an absolute path. */
const machinePath = /(?:^|[\s'"`(=:,])(?:file:\/\/)?\/(?:root|home\/[a-z][\w-]*|Users\/[A-Za-z][\w-]*)\/\w/m;
/** Names that say nothing of a subject and so collect everything. */
const emptyNames = /(?:^|\/)(?:utils?|common|helpers?|shared|misc|index)(?:\.[a-z.]+|\/)/;
/** The one folder with such a name: it stands in for the npm package `localstack-utils`. */
const localstackUtils = /^localstack\/utils\//;

describe('the lock file', () => {
  it('names no registry and no address to download from', () => {
    const text = repositoryText('package-lock.json');
    expect(text).not.toMatch(/"resolved":/);
    expect(text).not.toMatch(/https?:\/\/[^"\s]*(?:registry|npmjs|\.tgz|artifactory|nexus|mirror|proxy)/i);
    expect(repositoryText('.npmrc')).not.toMatch(/registry\s*=|_auth|_password/i);
  });
});

describe('source files', () => {
  const sources = repositorySources(source).filter(({ path }) => !generated.test(path));

  it(`have at most ${linesMax} lines unless a reason is given`, () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    const long = lengths.filter(({ path, lines }) => lines > linesMax && longFiles[path] === undefined);
    expect(long).toEqual([]);
    const listed = Object.keys(longFiles).filter(
      (path) => !lengths.some((file) => file.path === path && file.lines > linesMax),
    );
    expect(listed).toEqual([]);
  });

  it('are no barrels', () => {
    expect(sources.filter(({ path, text }) => isBarrel(path, text)).map(({ path }) => path)).toEqual([]);
  });

  it.each([
    ["export { a } from './a.ts';\nexport * from './b.ts';\n", true],
    ["/** All of it. */\nexport {\n  a,\n  type B,\n} from './a.ts';\n", true],
    ["export { a } from './a.ts';\nexport const b = 1;\n", false],
    ["import { a } from './a.ts';\na();\n", false],
  ])('the rule on barrels judges %j as %s', (text, expected) => {
    expect(isBarrel('lambdas/domain/a.ts', text)).toBe(expected);
  });

  it('have names in kebab case that say their subject', () => {
    const paths = sources.map(({ path }) => path);
    expect(paths.filter((path) => emptyNames.test(path.replace(localstackUtils, '')))).toEqual([]);
    expect(paths.filter((path) => !/^[a-z0-9./_-]+$/.test(path))).toEqual([]);
  });

  it('hold no marks of unfinished work', () => {
    const marks = /\b(?:TODO|FIXME|XXX|HACK)\b/;
    const marked = sources.filter(({ path, text }) => path !== self && marks.test(text));
    expect(marked.map(({ path }) => path)).toEqual([]);
  });
});

describe('tracked files', () => {
  it('name no path of the machine that they were written on', () => {
    const named = textFiles().filter(({ text }) => machinePath.test(text));
    expect(named.map(({ path }) => path)).toEqual([]);
  });

  it.each([
    ["cd '/root/project'", true],
    ['see /home/me/notes', true],
    ['file:///Users/Me/x', true],
    ['POST /v2/root/x', false],
    ['https://example.com/home/me', false],
  ])('the rule on machine paths judges %j as %s', (text, expected) => {
    expect(machinePath.test(text)).toBe(expected);
  });

  it('hold no private key, and no key or database of a running product', () => {
    const secret = /-----BEGIN [A-Z ]*PRIVATE KEY-----|"d":\s*"[A-Za-z0-9_-]{80,}"/;
    expect(
      textFiles()
        .filter(({ text }) => secret.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
    expect(repositoryFiles().filter((path) => /\.(?:sqlite|db|pem|key)(?:-wal|-shm)?$/.test(path))).toEqual([]);
  });
});

/** A file of re-exports only. */
function isBarrel(path: string, text: string): boolean {
  if (!path.startsWith('lambdas/')) return false;
  const code = text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .trim();
  const statements = code.split(/;\s*/).filter((statement) => statement !== '');
  return statements.length > 0 && statements.every((statement) => /^export\s[^=]*\sfrom\s/.test(statement));
}

function textFiles(): { path: string; text: string }[] {
  const text = /\.(?:ts|tsx|mjs|js|json|md|peggy|sh|ya?ml|curl|txt)$|(?:^|\/)(?:\.ci\/run|\.npmrc|\.gitignore)$/;
  return repositorySources(text).filter(({ path }) => path !== 'package-lock.json' && path !== self);
}
