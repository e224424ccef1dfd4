import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { incomingFolder } from '../../lambdas/adapters/embedded/write-file-once.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';
import { embeddedPaths } from '../../lambdas/host/embedded-paths.ts';

/** Absolute paths of all segment files below a data folder, oldest first. */
export async function segmentFilesIn(dataDir: string): Promise<readonly string[]> {
  const { objects } = embeddedPaths(dataDir);
  const names = await readdir(objects, { recursive: true });
  const files = names.filter((name) => name.includes('/segments/') && name.endsWith('/rows.parquet'));
  const segmentOf = (file: string) => file.split('/').at(-2)!;
  return files.sort((a, b) => (segmentOf(a) < segmentOf(b) ? -1 : 1)).map((name) => join(objects, name));
}

export interface TornFiles {
  /** Those that a start has to remove, and that are still there. Files under a segment's name go after a day. */
  left(): readonly string[];
}

/**
 * Leaves what a process that dies, or a disk that loses what was not synced, can leave of files that were being made:
 * bodies without a name, half and empty, and segments under their names that nothing has registered, half and empty, in
 * the folder of every table.
 */
export async function leaveTornFiles(dataDir: string): Promise<TornFiles> {
  const { objects, temporary } = embeddedPaths(dataDir);
  const whole = await segmentFilesIn(dataDir);
  const body = await readFile(whole.at(-1)!);
  const torn = [body.subarray(0, body.length / 2), new Uint8Array()];
  const tables = new Set(whole.map((file) => dirname(dirname(file))));
  const swept: string[] = [];
  for (const bytes of torn) {
    const nameless = [join(objects, incomingFolder, randomUUID()), join(temporary, `${randomUUID()}.parquet`)];
    for (const path of nameless) await put(path, bytes);
    swept.push(...nameless);
    for (const table of tables) await put(join(table, ulidSource.next(), 'rows.parquet'), bytes);
  }
  return { left: () => swept.filter((path) => existsSync(path)) };
}

async function put(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
