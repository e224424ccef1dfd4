import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeDuckDbQueryEngine } from '../../lambdas/adapters/duckdb/query-engine.ts';
import { makeDuckDbSegmentFiles } from '../../lambdas/adapters/duckdb/segment-files.ts';
import type { SegmentHarness } from './segment-harness.ts';

/** DuckDB over objects that are files in a folder of their own. */
export async function openDuckDbOnFiles(): Promise<SegmentHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-segments-'));
  const objectsDirectory = join(folder, 'objects');
  const source = { objectsDirectory, readObject: async () => undefined };
  return {
    segmentFiles: makeDuckDbSegmentFiles({ ...source, temporaryDirectory: join(folder, 'temporary'), threads: 1 }),
    engine: makeDuckDbQueryEngine({ ...source, threads: 1 }),
    async put(key, body) {
      await mkdir(dirname(join(objectsDirectory, key)), { recursive: true });
      await writeFile(join(objectsDirectory, key), body);
    },
    pathOf: (key) => join(objectsDirectory, key),
    async close() {
      rmSync(folder, { recursive: true });
    },
  };
}

/** DuckDB over objects that have to be copied before they can be read; merges go in slices of 500 rows. */
export async function openDuckDbOnCopies(): Promise<SegmentHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-segments-'));
  const objects = new Map<string, Uint8Array>();
  const cacheDirectory = join(folder, 'cache');
  const source = { readObject: async (key: string) => objects.get(key) };
  return {
    segmentFiles: makeDuckDbSegmentFiles({ ...source, temporaryDirectory: join(folder, 'temporary'), sliceRows: 500 }),
    engine: makeDuckDbQueryEngine({ ...source, cacheDirectory, threads: 1 }),
    async put(key, body) {
      objects.set(key, body);
    },
    pathOf(key) {
      const copies = readdirSync(cacheDirectory).map((folder) => join(cacheDirectory, folder, key));
      return copies.find((path) => existsSync(path)) ?? 'none';
    },
    async close() {
      rmSync(folder, { recursive: true });
    },
  };
}
