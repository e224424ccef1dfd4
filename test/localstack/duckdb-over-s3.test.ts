import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { makeS3ObjectCopies } from '../../lambdas/adapters/aws/s3-object-copies.ts';
import { makeS3ObjectStore } from '../../lambdas/adapters/aws/s3-object-store.ts';
import { makeDuckDbQueryEngine } from '../../lambdas/adapters/duckdb/query-engine.ts';
import { makeDuckDbSegmentFiles } from '../../lambdas/adapters/duckdb/segment-files.ts';
import { queryEngineSuite } from '../conformance/query-engine-suite.ts';
import { segmentFilesSuite } from '../conformance/segment-files-suite.ts';
import type { SegmentHarness } from '../conformance/segment-harness.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';

let place: AwsTestPlace;
let bucket: string;
beforeAll(async () => {
  place = await openAwsTestPlace();
  bucket = await place.makeBucket();
});
afterAll(() => place.close());

/** As the functions have it: segments in S3, copied to a temporary folder before they are read. */
async function openDuckDbOverS3(): Promise<SegmentHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-s3-segments-'));
  const cacheDirectory = join(folder, 'cache');
  const objects = makeS3ObjectStore({ bucket, client: async () => place.s3 });
  const source = {
    readObject: (key: string) => objects.get(key),
    copyObject: makeS3ObjectCopies({ bucket, client: async () => place.s3 }),
  };
  return {
    segmentFiles: makeDuckDbSegmentFiles({ ...source, temporaryDirectory: join(folder, 'temporary') }),
    engine: makeDuckDbQueryEngine({ ...source, cacheDirectory }),
    async put(key, body) {
      await objects.putIfAbsent(key, body);
    },
    pathOf(key) {
      const copies = readdirSync(cacheDirectory).map((name) => join(cacheDirectory, name, key));
      return copies.find((path) => existsSync(path)) ?? 'none';
    },
    async close() {
      rmSync(folder, { recursive: true });
    },
  };
}

segmentFilesSuite('DuckDB over S3', openDuckDbOverS3, 5);
queryEngineSuite('DuckDB over S3', openDuckDbOverS3);
