import { readdir, readFile, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { objectFolderOf, objectKeyParts } from '../../domain/naming/object-key.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { hasCode, ignoreAbsent, incomingFolder, writeFileOnce } from './write-file-once.ts';

/**
 * Objects as files below `directory`, at the path that the key is, so that DuckDB reads them in place. A key can't be
 * both an object and the beginning of another's path. Any number of threads may use one directory.
 */
export function makeFileObjectStore(directory: string): ObjectStore {
  const root = resolve(directory);
  const pathOf = (key: string) => join(root, ...objectKeyParts(key));
  return {
    async putIfAbsent(key, body) {
      return writeFileOnce(pathOf(key), body, root);
    },
    async get(key) {
      return readFile(pathOf(key)).catch(ignoreAbsent);
    },
    list: (prefix) => listBelow(root, prefix),
    async delete(keys) {
      const paths = keys.map(pathOf);
      await Promise.all(paths.map((path) => unlink(path).catch(ignoreAbsent)));
      for (const folder of new Set(paths.map((path) => dirname(path)))) await removeEmpty(folder, root);
    },
  };
}

async function* listBelow(directory: string, prefix: string): ReturnType<ObjectStore['list']> {
  const folder = objectFolderOf(prefix);
  for (const name of await sortedNames(join(directory, folder))) {
    const key = folder + name;
    if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue;
    if (name.endsWith('/')) yield* listBelow(directory, key);
    else {
      const found = await stat(join(directory, key)).catch(ignoreAbsent);
      if (found) yield { key, bytes: found.size, modifiedAtMs: Math.trunc(found.mtimeMs) };
    }
  }
}

/** Names in a folder, those of folders with a `/` behind them, so that sorting them sorts the keys. */
async function sortedNames(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(ignoreAbsent)) ?? [];
  return entries
    .filter(({ name }) => name !== incomingFolder)
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort();
}

/** Removes folders that became empty, from `folder` upwards. Not synced: a folder that comes back holds nothing. */
async function removeEmpty(folder: string, root: string): Promise<void> {
  for (let at = folder; at !== root; at = dirname(at)) {
    try {
      await rmdir(at);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) continue;
      if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) return;
      throw error;
    }
  }
}
