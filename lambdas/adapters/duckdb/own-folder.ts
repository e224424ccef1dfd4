import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** `objects-<process>-<id>`: whoever made it, and another name each time. */
const ownName = /^objects-(\d+)-[0-9a-f-]{36}$/;

/** Name for a folder below `parent` that nobody else uses, for copies of objects. */
export function ownFolder(parent: string): string {
  return join(parent, `objects-${process.pid}-${randomUUID()}`);
}

/**
 * Makes such a folder, and removes those of processes that ended without a word: a function that was killed starts anew
 * in the same place, with its old files and no memory of them. Processes that run are left alone, as on a machine where
 * several share one temporary folder.
 */
export async function makeOwnFolder(parent: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const left = (await readdir(parent)).filter((name) => {
    const [, pid] = ownName.exec(name) ?? [];
    return pid !== undefined && Number(pid) !== process.pid && !isRunning(Number(pid));
  });
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true })));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
