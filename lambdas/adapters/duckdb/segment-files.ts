import type { SegmentFiles } from '../../ports/segment-files.ts';
import { mergeSegments } from './merge-segments.ts';
import { makeReadableObjects, type ObjectSource } from './readable-objects.ts';
import { makeScratchDatabase, type ScratchOptions } from './scratch-database.ts';
import { makeWideDecimals } from './wide-decimals.ts';
import { writeSegment } from './write-segment.ts';

/** The temporary directory is for files that are being made, for copies of objects and for what a merge spills. */
export interface DuckDbSegmentFilesOptions extends ObjectSource, ScratchOptions {
  /** Rows that are merged at a time; the default, two million, goes with the default memory. */
  readonly sliceRows?: number;
}

/**
 * Writes segments with an in-memory DuckDB that is opened at first use, and merges them with one of their own each; calls
 * are done one after the other. May be made in a worker thread, and in several of one process.
 */
export function makeDuckDbSegmentFiles(options: DuckDbSegmentFilesOptions): SegmentFiles {
  const { temporaryDirectory, sliceRows } = options;
  const scratch = makeScratchDatabase(options);
  // What was merged is read no more.
  const objects = makeReadableObjects(options, temporaryDirectory, 0);
  const wide = makeWideDecimals();
  return {
    write: (table, rows) => scratch.use((connection) => writeSegment(connection, table, rows, temporaryDirectory)),
    async merge(table, segments, oldest = {}) {
      const { paths, release } = await objects.open(segments.map(({ rowsKey }) => rowsKey));
      try {
        const sources = { paths, wide, temporaryDirectory, oldest, ...(sliceRows !== undefined && { sliceRows }) };
        return await scratch.useOnce((connection) => mergeSegments(connection, table, segments, sources));
      } finally {
        release();
      }
    },
  };
}
