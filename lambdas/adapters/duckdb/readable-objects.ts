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
  /** @param signal gives up: at once, and copies under way that nobody else waits for end */
  open(keys: readonly string[], signal?: AbortSignal): Promise<OpenObjects>;
}

export interface ObjectSource {
  /** The object in memory, whole; undefined when there is none. */
  readonly readObject: (key: string) => Promise<Uint8Array | undefined>;
  /**
   * Copies the object into a file, whose folder is there, without holding it in memory; used instead of `readObject`. A
   * copy that fails leaves no file. Resolves with the bytes; with undefined when there is no object.
   */
  readonly copyObject?: (key: string, path: string, signal?: AbortSignal) => Promise<number | undefined>;
  /** Where objects are files at the path that their key is; then they are read in place. */
  readonly objectsDirectory?: string;
}

interface CachedObject {
  readonly stored: Promise<number>;
  /** Undefined until the copy is complete. */
  bytes: number | undefined;
  users: number;
  /** Aborted when nobody waits for the copy any more. */
  readonly abandon: AbortController;
}

/** Objects that are copied at a time. */
const copiesMax = 8;

/**
 * Objects in place, or copied into a folder of their own below `cacheDirectory` when they are not files. A copy is keyed
 * as the object, tenant first, and has its name only once it is complete. The least recently used ones go once the copies
 * together pass `cacheBytesMax`; one in use never does, so that the folder holds at most that and what is in use.
 */
export function makeReadableObjects(
  { readObject, copyObject = copyThroughMemory(readObject), objectsDirectory }: ObjectSource,
  cacheDirectory: string | undefined,
  cacheBytesMax = queryCacheBytesMax,
): ReadableObjects {
  if (objectsDirectory !== undefined) {
    const root = resolve(objectsDirectory);
    return { open: async (keys) => ({ paths: keys.map((key) => pathBelow(root, key)), release: () => undefined }) };
  }
  if (cacheDirectory === undefined) throw new TypeError('objects that are no files need a cache directory');
  return makeCopies(copyObject, resolve(cacheDirectory), cacheBytesMax);
}

type CopyObject = NonNullable<ObjectSource['copyObject']>;

function copyThroughMemory(readObject: ObjectSource['readObject']): CopyObject {
  return async (key, path) => {
    const body = await readObject(key);
    if (body !== undefined) await writeFile(path, body);
    return body?.byteLength;
  };
}

function makeCopies(copyObject: CopyObject, root: string, cacheBytesMax: number): ReadableObjects {
  const folder = ownFolder(root);
  let made: Promise<void> | undefined;
  const copies = new Map<string, CachedObject>();
  /** Removals under way: a new copy must not meet the removal of the old one. */
  const removals = new Map<string, Promise<void>>();

  async function copy(key: string, signal: AbortSignal): Promise<number> {
    await removals.get(key);
    signal.throwIfAborted();
    const path = pathBelow(folder, key);
    await mkdir(dirname(path), { recursive: true });
    try {
      const bytes = await copyObject(key, `${path}.part`, signal);
      if (bytes === undefined) throw new Error(`object ${key} is gone`);
      await rename(`${path}.part`, path);
      return bytes;
    } catch (error) {
      await rm(`${path}.part`, { force: true });
      throw error;
    }
  }

  function begin(key: string): CachedObject {
    const abandon = new AbortController();
    const entry: CachedObject = { stored: copy(key, abandon.signal), bytes: undefined, users: 0, abandon };
    entry.stored.then(
      (bytes) => {
        entry.bytes = bytes;
      },
      () => {
        if (copies.get(key) === entry) copies.delete(key);
      },
    );
    return entry;
  }

  function use(key: string): CachedObject {
    const entry = copies.get(key) ?? begin(key);
    copies.delete(key);
    copies.set(key, entry);
    entry.users += 1;
    return entry;
  }

  /** A copy that can't be removed does no harm: it is what a new one would be. */
  function remove(key: string, entry: CachedObject): void {
    copies.delete(key);
    const removal = entry.stored
      .then(() => rm(pathBelow(folder, key), { force: true }))
      .catch(() => undefined)
      .then(() => {
        if (removals.get(key) === removal) removals.delete(key);
      });
    removals.set(key, removal);
  }

  function release(used: readonly CachedObject[]): void {
    for (const entry of used) entry.users -= 1;
    let bytes = [...copies.values()].reduce((sum, entry) => sum + (entry.bytes ?? 0), 0);
    for (const [key, entry] of copies) {
      if (entry.users > 0) continue;
      if (entry.bytes === undefined) entry.abandon.abort();
      else if (bytes <= cacheBytesMax) continue;
      bytes -= entry.bytes ?? 0;
      remove(key, entry);
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
        for (let at = 0; at < keys.length; at += copiesMax) {
          signal?.throwIfAborted();
          const batch = keys.slice(at, at + copiesMax).map(use);
          used.push(...batch);
          await unlessAborted(Promise.all(batch.map(({ stored }) => stored)), signal);
        }
      } catch (error) {
        release(used);
        throw error;
      }
      return { paths, release: () => release(used) };
    },
  };
}

/** @throws the signal's reason once it aborts, whatever becomes of the work */
async function unlessAborted(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Keys come from the catalog; one that leads elsewhere is a fault of ours. */
function pathBelow(root: string, key: string): string {
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
    throw new TypeError(`object key ${JSON.stringify(key.slice(0, 40))} leads out of its store`);
  return join(root, ...key.split('/'));
}
