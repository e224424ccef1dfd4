import { posix } from 'node:path';

export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What the files below one folder may import. The first rule whose folder holds a file is the one for it. */
export interface ImportRule {
  /** Pattern of the importing file's path. */
  readonly from: RegExp;
  /** Patterns of our own files. */
  readonly own: readonly RegExp[];
  /** Matches the folder of the importing file whose other files it may import: siblings yes, cousins no. */
  readonly within?: RegExp;
  /** Packages and `node:` modules by name; `*` is any. */
  readonly packages: readonly string[];
}

/** One import that the rules forbid and that is wanted nevertheless. */
export interface ImportException {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** Says `path imports target`, sorted; an exception that nothing uses is a violation too. */
export function importViolations(
  files: readonly SourceFile[],
  rules: readonly ImportRule[],
  exceptions: readonly ImportException[] = [],
): string[] {
  const unused = new Set(exceptions);
  const violations: string[] = [];
  for (const { path, text } of files) {
    const rule = rules.find(({ from }) => from.test(path));
    if (rule === undefined) {
      violations.push(`${path} has no rule`);
      continue;
    }
    for (const target of importsOf(path, text)) {
      if (isAllowed(rule, path, target)) continue;
      const exception = exceptions.find((one) => one.from === path && one.to === target);
      if (exception !== undefined) unused.delete(exception);
      else violations.push(`${path} imports ${target}`);
    }
  }
  for (const { from, to } of unused) violations.push(`the exception ${from} to ${to} is not used`);
  return violations.sort();
}

/**
 * What a file imports: paths from the repository's root, or package names. Counts static and dynamic imports,
 * re-exports, and files named by `new URL(..., import.meta.url)` (workers).
 */
export function importsOf(path: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const specifiers = code.matchAll(
    /(?:^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*|^\s*import\s*|\bimport\s*\(\s*|\bnew URL\(\s*(?=['"]\.))(?<quote>['"])(?<specifier>[^'"\s]+)\k<quote>/gm,
  );
  const targets = Array.from(specifiers, ({ groups }) => groups!['specifier']!).map((specifier) =>
    specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier,
  );
  return [...new Set(targets)];
}

function isAllowed({ own, within, packages }: ImportRule, path: string, target: string): boolean {
  const folder = within?.exec(path)?.[0];
  if (own.some((pattern) => pattern.test(target)) || (folder !== undefined && target.startsWith(folder))) return true;
  return !isOwn(target) && packages.some((name) => name === '*' || target === name || target.startsWith(`${name}/`));
}

function isOwn(target: string): boolean {
  return /^(?:lambdas|bin|lib|test|bench|schemas|localstack|console)\//.test(target);
}
