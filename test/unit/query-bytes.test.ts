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

describe('bytes that queries and compactions copy', () => {
  it('fit into /tmp of the query function: what one query reads beside what is kept, and a quarter free', () => {
    expect(functionTable.query.temporaryMegabytes).toBe(queryStorageMegabytes);
    expect(queryCacheBytesMax + queryBytesMax).toBeLessThanOrEqual((queryStorageMegabytes * megabyte * 3) / 4);
  });

  it('leave the query function memory to hold what it copies, while it uses its own', () => {
    expect(queryMemoryMegabytesMax + queryBytesMax / megabyte).toBeLessThan(functionTable.query.memoryMegabytes);
  });

  it('fit into /tmp of the compact function: sources, result and as much again', () => {
    expect(3 * compactionBytesMax).toBeLessThan(functionTable.compact.temporaryMegabytes * megabyte);
  });

  it('make no segment that no query could read', () => {
    expect(compactionBytesMax).toBeLessThanOrEqual(queryBytesMax);
    expect(queryBytesInPlaceMax).toBeGreaterThan(queryBytesMax);
  });
});
