import { parentPort, workerData } from 'node:worker_threads';
import { makeDuckDbSegmentFiles } from '../../lambdas/adapters/duckdb/segment-files.ts';
import type { RowState } from '../../lambdas/domain/row.ts';
import type { TableShape } from '../../lambdas/domain/table.ts';

/** A thread that writes one segment file and ends. */
const { temporaryDirectory, shape, rows } = workerData as {
  readonly temporaryDirectory: string;
  readonly shape: TableShape;
  readonly rows: readonly RowState[];
};
const source = { readObject: async () => undefined, temporaryDirectory, threads: 1 };
parentPort!.postMessage(await makeDuckDbSegmentFiles(source).write(shape, rows));
