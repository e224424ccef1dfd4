import { describe, expect, it } from '@jest/globals';
import {
  compactionBytesMax,
  queryBytesInPlaceMax,
  queryBytesMax,
  queryCacheBytesMax,
  queryMemoryMegabytesMax,
  queryStorageMegabytes,
} from '../../lambdas/domain/limits.ts';
import { functionTable } from '../../lib/function-table.ts';

const megabyte = 1_048_576;
/** Node with DuckDB and the SDK has 130 MB, and 200 MB while it copies four objects of 256 MB each; the rest is room. */
const nodeMegabytes = 512;

describe('bytes that queries and compactions copy', () => {
  it('fit into /tmp of the query function: what one query reads beside what is kept, and a quarter free', () => {
    expect(functionTable.query.temporaryMegabytes).toBe(queryStorageMegabytes);
    expect(queryCacheBytesMax + queryBytesMax).toBeLessThanOrEqual((queryStorageMegabytes * megabyte * 3) / 4);
  });

  it('take no memory beside their pieces: twice what a query may use, where it is given up, and Node fit', () => {
    expect(2 * queryMemoryMegabytesMax + nodeMegabytes).toBeLessThan(functionTable.query.memoryMegabytes);
  });

  it('fit into /tmp of the compact function: sources, result and as much again', () => {
    expect(3 * compactionBytesMax).toBeLessThan(functionTable.compact.temporaryMegabytes * megabyte);
  });

  it('make no segment that no query could read', () => {
    expect(compactionBytesMax).toBeLessThanOrEqual(queryBytesMax);
    expect(queryBytesInPlaceMax).toBeGreaterThan(queryBytesMax);
  });
});
