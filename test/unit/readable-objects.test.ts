import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeReadableObjects } from '../../lambdas/adapters/duckdb/readable-objects.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('objects that are copied to be read', () => {
  let folder: string;
  let reads: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'headgate-objects-'));
    reads = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const readObject = async (key: string) => {
    reads.push(key);
    return key.includes('gone') ? undefined : Buffer.from(key.padEnd(10, '.'));
  };

  it('have their content, and are read once while they are kept', async () => {
    const objects = makeReadableObjects({ readObject }, folder);
    const both = await Promise.all([objects.open(['a/1', 'a/2']), objects.open(['a/2'])]);
    for (const { release } of both) release();
    const { paths } = await objects.open(['a/2', 'a/1']);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['a/2.......', 'a/1.......']);
    expect(reads.sort()).toEqual(['a/1', 'a/2']);
  });

  it('go when they were used longest ago, but not while they are in use', async () => {
    const objects = makeReadableObjects({ readObject }, folder, 20);
    const held = await objects.open(['a/1', 'a/2']);
    const other = await objects.open(['a/3']);
    other.release();
    expect(held.paths.map((path) => existsSync(path))).toEqual([true, true]);
    held.release();
    (await objects.open(['a/2'])).release();
    (await objects.open(['a/4'])).release();
    reads = [];
    (await objects.open(['a/2'])).release();
    (await objects.open(['a/1'])).release();
    expect(reads).toEqual(['a/1']);
  });

  it('are asked for again after they were missing', async () => {
    const objects = makeReadableObjects({ readObject }, folder);
    await expect(objects.open(['a/1', 'a/gone'])).rejects.toThrow('object a/gone is gone');
    await expect(objects.open(['a/gone'])).rejects.toThrow('object a/gone is gone');
    expect(reads).toEqual(['a/1', 'a/gone', 'a/gone']);
  });

  it('leave nothing half written', async () => {
    const objects = makeReadableObjects({ readObject }, folder);
    const { paths, release } = await objects.open(['a/1']);
    release();
    // A file can't take the place of a folder.
    await expect(objects.open(['a'])).rejects.toThrow();
    const written = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(written.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([basename(paths[0]!)]);
  });

  it('are given up between two reads once nobody waits for them', async () => {
    const over = new AbortController();
    // Its own: reads that were begun end after the test.
    const begun: string[] = [];
    const objects = makeReadableObjects(
      {
        readObject: async (key) => {
          over.abort();
          begun.push(key);
          return Buffer.from(key);
        },
      },
      folder,
    );
    const keys = Array.from({ length: 50 }, (_, i) => `a/${i}`);
    await expect(objects.open(keys, over.signal)).rejects.toThrow('aborted');
    expect(begun.length).toBeLessThan(10);
  });

  it('are copied without memory where the source can, and that alone is asked', async () => {
    const copied: string[] = [];
    const copyObject = async (key: string, path: string) => {
      copied.push(key);
      if (key.includes('gone')) return undefined;
      writeFileSync(path, key);
      return key.length;
    };
    const objects = makeReadableObjects({ readObject, copyObject }, folder, 3);
    const { paths, release } = await objects.open(['a/1', 'a/2']);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['a/1', 'a/2']);
    release();
    await expect(objects.open(['a/gone'])).rejects.toThrow('object a/gone is gone');
    (await objects.open(['a/2', 'a/1'])).release();
    expect(copied).toEqual(['a/1', 'a/2', 'a/gone', 'a/1']);
    expect(reads).toEqual([]);
  });

  it('are given up at once and end when nobody waits for them, but not when somebody does', async () => {
    const begun: { key: string; path: string; signal: AbortSignal | undefined; finish: () => void }[] = [];
    const copyObject = (key: string, path: string, signal?: AbortSignal) =>
      new Promise<number>((resolve, reject) => {
        writeFileSync(path, key);
        signal?.addEventListener('abort', () => {
          rmSync(path);
          reject(signal.reason);
        });
        begun.push({ key, path, signal, finish: () => resolve(key.length) });
      });
    const objects = makeReadableObjects({ readObject, copyObject }, folder);
    const over = new AbortController();
    const given = objects.open(['a/alone', 'a/both'], over.signal);
    const kept = objects.open(['a/both']);
    await waitUntil('both copies have begun', async () => begun.length === 2 || undefined);
    over.abort();
    await expect(given).rejects.toThrow('aborted');
    expect(begun.map(({ key, signal }) => [key, signal?.aborted])).toEqual([
      ['a/alone', true],
      ['a/both', false],
    ]);
    const again = objects.open(['a/alone']);
    await waitUntil('the copy has begun anew', async () => begun.length === 3 || undefined);
    for (const { finish } of begun) finish();
    const opened = [...(await kept).paths, ...(await again).paths];
    expect(opened.map((path) => readFileSync(path, 'utf8'))).toEqual(['a/both', 'a/alone']);
    const written = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(written.filter((entry) => entry.isFile())).toHaveLength(2);
  });

  it('that were complete all the same when they were given up do not stay', async () => {
    const over = new AbortController();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: body, resolve: give } = Promise.withResolvers<Uint8Array>();
    const slow = (key: string) => {
      reads.push(key);
      ask();
      return body;
    };
    const objects = makeReadableObjects({ readObject: slow }, folder, 1);
    const given = objects.open(['a/1'], over.signal);
    await asked;
    over.abort();
    await expect(given).rejects.toThrow('aborted');
    give(Buffer.from('a/1'));
    const { paths } = await objects.open(['a/1']);
    expect(readFileSync(paths[0]!, 'utf8')).toBe('a/1');
    expect(reads).toEqual(['a/1', 'a/1']);
  });

  it('of a process that ended are removed, and no others', async () => {
    const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
    const names = [`objects-${ended}-${randomUUID()}`, `objects-${process.ppid}-${randomUUID()}`, 'objects-1', 'other'];
    for (const name of names) await mkdir(join(folder, name, 'a'), { recursive: true });
    const objects = makeReadableObjects({ readObject }, folder);
    const { paths } = await objects.open(['a/1']);
    const own = relative(folder, paths[0]!).split('/')[0];
    expect((await readdir(folder)).sort()).toEqual([...names.slice(1), own].sort());
  });

  it.each(['../a', 'a/../../b', '/a', 'a//b', './a'])('never lie outside their folder: %s', async (key) => {
    await expect(makeReadableObjects({ readObject }, folder).open([key])).rejects.toThrow('leads out of its store');
    const inPlace = makeReadableObjects({ readObject, objectsDirectory: folder }, undefined);
    await expect(inPlace.open([key])).rejects.toThrow('leads out of its store');
  });
});
