import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Makes the names in a folder durable: after a file was linked into it or removed from it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder with all that is missing above it, durably; for the owner alone. */
export async function makeFolder(folder: string): Promise<void> {
  const wanted = resolve(folder);
  const first = await mkdir(wanted, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = wanted; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}
