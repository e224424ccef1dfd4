import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, syncFolder } from './sync-folder.ts';

/** Folder of bodies that have no name yet, below each store's root. No key of the object store has a part like it. */
export const incomingFolder = '~incoming';
/** Tries to link into a folder that a deletion may remove, being empty, at that moment. */
const linkAttemptsMax = 10;

/**
 * Stores a file whole or not at all, and only where there is none, durably and for the owner alone. The body is written
 * in `root`'s folder of unnamed bodies and then linked to its name: link(2) never replaces a file.
 * @returns false when the name was taken; nothing changed then
 */
export async function writeFileOnce(path: string, body: Uint8Array | string, root: string): Promise<boolean> {
  const incoming = join(root, incomingFolder);
  await makeFolder(incoming);
  const temporary = join(incoming, randomUUID());
  try {
    await writeSynced(temporary, body);
    const stored = await linkOnce(temporary, path);
    // Also when the name was taken: whoever took it may not have come to this line yet. No folder: it is deleted again.
    await syncFolder(dirname(path)).catch(ignoreAbsent);
    return stored;
  } finally {
    await unlink(temporary).catch(ignoreAbsent);
  }
}

/** Removes what a crash left unnamed. Only before anyone writes below `root`. */
export function sweepIncoming(root: string): void {
  rmSync(join(root, incomingFolder), { recursive: true, force: true });
}

async function writeSynced(path: string, body: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function linkOnce(from: string, to: string): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await makeFolder(dirname(to));
      await link(from, to);
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      // mkdir says ENOTDIR too when a folder above goes while it works.
      if (!hasCode(error, 'ENOENT', 'ENOTDIR') || attempt === linkAttemptsMax) throw error;
    }
  }
}

/** For operations on a file that may not be there, or not be a file: rethrows all else. */
export function ignoreAbsent(error: unknown): undefined {
  if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return undefined;
  throw error;
}

/** True for an error of the file system with one of `codes`. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes(String((error as NodeJS.ErrnoException).code));
}
