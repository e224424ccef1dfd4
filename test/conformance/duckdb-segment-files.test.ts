import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import type { SegmentFile } from '../../lambdas/ports/segment-files.ts';
import { openDuckDbOnCopies, openDuckDbOnFiles } from './open-duckdb-segments.ts';
import { segmentFilesSuite } from './segment-files-suite.ts';
import { tableShape } from './segment-harness.ts';

segmentFilesSuite('DuckDB on files', openDuckDbOnFiles);
segmentFilesSuite('DuckDB on copies of objects', openDuckDbOnCopies, 5);

describe('DuckDB segment files', () => {
  it('are written in worker threads, several of them at a time', async () => {
    const temporaryDirectory = mkdtempSync(join(tmpdir(), 'headgate-worker-'));
    const shape = tableShape({ n: { type: 'int' } });
    const rows = [{ key: 1, exists: 's1', tombstone: '', cells: [{ stamp: 's1', value: 1 }] }];
    const workers = [1, 2, 3].map(async () => {
      const workerData = { temporaryDirectory, shape, rows };
      const worker = new Worker(new URL('./write-in-worker.ts', import.meta.url), { workerData });
      const [[file]] = await Promise.all([once(worker, 'message') as Promise<[SegmentFile]>, once(worker, 'exit')]);
      return file;
    });
    for (const file of await Promise.all(workers)) expect(file).toMatchObject({ rows: 1, columns: { c1: 'cell' } });
    rmSync(temporaryDirectory, { recursive: true });
  });
});
