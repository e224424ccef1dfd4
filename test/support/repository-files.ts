import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './import-rules.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** All files that git tracks or would track, from the repository's root, so that a new file is held to the laws too. */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  const paths = new Set(listed.split('\0').filter((path) => path !== ''));
  // A file may be deleted and not yet taken out of the index.
  return [...paths].filter((path) => existsSync(root + path)).sort();
}

/** Text of one file of the repository. */
export function repositoryText(path: string): string {
  return readFileSync(root + path, 'utf8');
}

/** Files that a pattern picks, with their text. */
export function repositorySources(pattern: RegExp): SourceFile[] {
  return repositoryFiles()
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: repositoryText(path) }));
}
