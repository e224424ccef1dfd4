import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeQueuedIntake } from '../../lambdas/adapters/aws/queued-intake.ts';
import { makeS3ObjectCopies } from '../../lambdas/adapters/aws/s3-object-copies.ts';
import { makeS3ObjectStore } from '../../lambdas/adapters/aws/s3-object-store.ts';
import { unpackMessage } from '../../lambdas/adapters/aws/sqs-message.ts';
import { makeCatalog } from '../../lambdas/adapters/catalog/catalog.ts';
import { makeLeasedVersionSource } from '../../lambdas/adapters/catalog/leased-version-source.ts';
import { makeDuckDbQueryEngine } from '../../lambdas/adapters/duckdb/query-engine.ts';
import { makeDuckDbSegmentFiles } from '../../lambdas/adapters/duckdb/segment-files.ts';
import type { QueuedMessage } from '../../lambdas/use-cases/write-batch.ts';
import type { HistoryPlace } from '../property/histories/history-place.ts';
import { runHistories } from '../property/histories/run-histories.ts';
import { makeClockIds } from '../support/clock-ids.ts';
import { sqlRows } from '../support/sql-rows.ts';
import { type AwsTestPlace, openAwsTestPlace } from './aws-test-place.ts';
import { openDynamoItems } from './open-dynamo-items.ts';
import { type DynamoRows, openDynamoRows } from './open-dynamo-rows.ts';

const runs = 24;
const seed = Date.now() % 2 ** 31;

let aws: AwsTestPlace;
let rows: DynamoRows;
let folder: string;
beforeAll(async () => {
  aws = await openAwsTestPlace();
  rows = openDynamoRows();
  folder = mkdtempSync(join(tmpdir(), 'headgate-aws-histories-'));
});
afterAll(async () => {
  await rows.close();
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Items, rows and objects as the functions have them; only the queue is a list, because histories decide what comes when. */
async function openAwsHistories(): Promise<HistoryPlace> {
  const { items, bucket, clock } = await openDynamoItems(aws);
  const s3 = { bucket, client: async () => aws.s3 };
  const objects = makeS3ObjectStore(s3);
  const source = { readObject: (key: string) => objects.get(key), copyObject: makeS3ObjectCopies(s3) };
  const engine = makeDuckDbQueryEngine({ ...source, cacheDirectory: join(folder, 'cache'), threads: 1 });
  const catalog = makeCatalog(items);
  const rowStore = rows.make();
  const queued: QueuedMessage[] = [];
  const ids = makeClockIds(clock);
  return {
    ports: {
      catalog,
      rowStore,
      objects,
      segmentFiles: makeDuckDbSegmentFiles({ ...source, temporaryDirectory: folder, threads: 1 }),
      queue: {
        async send(_, body) {
          queued.push({ messageId: ids.next(), body: unpackMessage(body) });
        },
      },
      versions: makeLeasedVersionSource({ items, clock, holder: 'a test', random: Math.random }),
    },
    clock,
    ids,
    makeIntake: ({ queue, objects: bodies, catalog: receipts }) =>
      makeQueuedIntake({ queue: { sendPacked: queue.send }, objects: bodies, receipts }),
    newMessages: async () => queued.splice(0),
    acknowledge: async () => {},
    rowsOfSegments: async (table) => sqlRows(engine, table, await catalog.currentSegments(table.id)),
    shows: 'sql',
    forget: ({ id }) => rowStore.drop(id),
  };
}

it(`ends with the oracle's table and balanced counts after any history (${runs} runs, seed ${seed})`, async () => {
  const place = await openAwsHistories();
  const seen = await runHistories({ runs, seed, placeOf: () => place, endOnFailure: true });
  expect(seen.runs).toBe(runs);
  expect(seen.collisions).toBeGreaterThan(seen.accepted / 2);
}, 900_000);
