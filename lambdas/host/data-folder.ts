import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A data folder that this process, and no other, may use until `release`. */
export interface DataFolder {
  readonly path: string;
  /** Says to a second start where this one listens. */
  announce(url: string): void;
  release(): void;
}

/** Another process holds the folder; the message says which. */
export class DataFolderHeld extends Error {
  override readonly name = 'DataFolderHeld';
}

/**
 * Takes a data folder, making it if need be. The lock is an open exclusive transaction on a file of its own: the
 * operating system gives it up when the process dies, however it dies, and a reused process id can't be mistaken for it.
 */
export function takeDataFolder(directory: string): DataFolder {
  const path = resolve(directory);
  // For all files in it as well: a folder that was there may be open to others, and it holds hashes of passwords.
  process.umask(0o077);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const holderFile = join(path, 'holder.json');
  const lock = new DatabaseSync(join(path, 'lock.db'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new DataFolderHeld(
      `The data folder ${path} is in use by ${holder(holderFile)}. Stop it, or choose another with --data.`,
    );
  }
  const facts = { pid: process.pid, since: new Date().toISOString() };
  writeFileSync(holderFile, JSON.stringify(facts));
  return {
    path,
    announce: (url) => writeFileSync(holderFile, JSON.stringify({ ...facts, url })),
    release() {
      lock.exec('ROLLBACK');
      lock.close();
    },
  };
}

function holder(file: string): string {
  try {
    const { pid, url, since } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; url?: string; since: string };
    return `process ${pid}${url ? ` at ${url}` : ''} since ${since}`;
  } catch {
    return 'another process';
  }
}
