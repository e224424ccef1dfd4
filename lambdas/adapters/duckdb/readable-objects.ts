import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { queryCacheBytesMax } from '../../domain/limits.ts';
import { makeOwnFolder, ownFolder } from './own-folder.ts';

/** Absolute paths of objects, in the order of the keys asked for. They stay readable until `release`. */
export interface OpenObjects {
  readonly paths: readonly string[];
  release(): void;
}

/** Objects as local files, which is all that DuckDB may read. */
export interface ReadableObjects {
  /** @param signal given up between two reads once it aborts */
  open(keys: readonly string[], signal?: AbortSignal): Promise<OpenObjects>;
}

export interface ObjectSource {
  readonly readObject: (key: string) => Promise<Uint8Array | undefined>;
  /** Where objects are files at the path that their key is; then they are read in place. */
  readonly objectsDirectory?: string;
}

interface CachedObject {
  readonly stored: Promise<number>;
  bytes: number;
  users: number;
}

/** Objects that are read at a time. */
const readsMax = 8;

/**
 * Objects in place, or copied into a folder of their own below `cacheDirectory` when they are not files. A copy is keyed
 * as the object, tenant first, and has its name only once it is complete. The least recently used ones go once the copies
 * together pass `cacheBytesMax`; one in use never does, so that the folder holds at most that and what is in use.
 */
export function makeReadableObjects(
  { readObject, objectsDirectory }: ObjectSource,
  cacheDirectory: string | undefined,
  cacheBytesMax = queryCacheBytesMax,
): ReadableObjects {
  if (objectsDirectory !== undefined) {
    const root = resolve(objectsDirectory);
    return { open: async (keys) => ({ paths: keys.map((key) => pathBelow(root, key)), release: () => undefined }) };
  }
  if (cacheDirectory === undefined) throw new TypeError('objects that are no files need a cache directory');
  return makeCopies(readObject, resolve(cacheDirectory), cacheBytesMax);
}

function makeCopies(readObject: ObjectSource['readObject'], root: string, cacheBytesMax: number): ReadableObjects {
  const folder = ownFolder(root);
  let made: Promise<void> | undefined;
  const copies = new Map<string, CachedObject>();
  /** Removals under way: a new copy must not meet the removal of the old one. */
  const removals = new Map<string, Promise<void>>();

  async function copy(key: string): Promise<number> {
    await removals.get(key);
    const body = await readObject(key);
    if (body === undefined) throw new Error(`object ${key} is gone`);
    const path = pathBelow(folder, key);
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(`${path}.part`, body);
      await rename(`${path}.part`, path);
    } catch (error) {
      await rm(`${path}.part`, { force: true });
      throw error;
    }
    return body.byteLength;
  }

  function use(key: string): CachedObject {
    const entry = copies.get(key) ?? { stored: copy(key), bytes: 0, users: 0 };
    copies.delete(key);
    copies.set(key, entry);
    entry.users += 1;
    entry.stored.then(
      (bytes) => {
        entry.bytes = bytes;
      },
      () => copies.delete(key),
    );
    return entry;
  }

  function release(used: readonly CachedObject[]): void {
    for (const entry of used) entry.users -= 1;
    let bytes = [...copies.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    for (const [key, entry] of copies) {
      if (bytes <= cacheBytesMax) return;
      if (entry.users > 0) continue;
      bytes -= entry.bytes;
      copies.delete(key);
      // A copy that can't be removed does no harm: it is what a new one would be.
      const removal = rm(pathBelow(folder, key), { force: true }).catch(() => undefined);
      removals.set(
        key,
        removal.then(() => void removals.delete(key)),
      );
    }
  }

  return {
    async open(keys, signal) {
      const paths = keys.map((key) => pathBelow(folder, key));
      made ??= makeOwnFolder(root, folder).catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      await made;
      const used: CachedObject[] = [];
      try {
        for (let at = 0; at < keys.length; at += readsMax) {
          signal?.throwIfAborted();
          const batch = keys.slice(at, at + readsMax).map(use);
          used.push(...batch);
          await Promise.all(batch.map(({ stored }) => stored));
        }
      } catch (error) {
        release(used);
        throw error;
      }
      return { paths, release: () => release(used) };
    },
  };
}

/** Keys come from the catalog; one that leads elsewhere is a fault of ours. */
function pathBelow(root: string, key: string): string {
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw new TypeError(`object key ${JSON.stringify(key.slice(0, 40))} leads out of its store`);
  return join(root, ...key.split('/'));
}
