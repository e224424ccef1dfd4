import { join } from 'node:path';
import type { SegmentFiles } from '../../ports/segment-files.ts';
import { mergeSegments } from './merge-segments.ts';
import { makeReadableObjects, type ObjectSource } from './readable-objects.ts';
import { makeScratchDatabase } from './scratch-database.ts';
import { makeWideDecimals } from './wide-decimals.ts';
import { writeSegment } from './write-segment.ts';

export interface DuckDbSegmentFilesOptions extends ObjectSource {
  /** For files that are being made, for copies of objects and for what a merge spills. Made if missing. */
  readonly temporaryDirectory: string;
  readonly threads?: number;
  /** Megabytes that a merge may use before it spills; DuckDB's own default is four fifths of the machine's memory. */
  readonly memoryMegabytesMax?: number;
}

/**
 * Writes and merges segments with one in-memory DuckDB, opened at first use; calls are done one after the other. May be
 * made in a worker thread, and in several of one process.
 */
export function makeDuckDbSegmentFiles(options: DuckDbSegmentFilesOptions): SegmentFiles {
  const { temporaryDirectory } = options;
  const scratch = makeScratchDatabase(options);
  const objects = makeReadableObjects(options, join(temporaryDirectory, 'objects'));
  const wide = makeWideDecimals();
  return {
    write: (table, rows) => scratch.use((connection) => writeSegment(connection, table, rows, temporaryDirectory)),
    async merge(table, segments) {
      const { paths, release } = await objects.open(segments.map(({ rowsKey }) => rowsKey));
      try {
        const sources = { paths, wide, temporaryDirectory };
        return await scratch.use((connection) => mergeSegments(connection, table, segments, sources));
      } finally {
        release();
      }
    },
  };
}
