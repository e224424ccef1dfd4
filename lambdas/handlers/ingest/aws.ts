import { makeSqsClient } from '../../adapters/aws/aws-clients.ts';
import { makeQueuedIntake } from '../../adapters/aws/queued-intake.ts';
import { makeSqsBatchQueue } from '../../adapters/aws/sqs-batch-queue.ts';
import { makeLeasedVersionSource } from '../../adapters/catalog/leased-version-source.ts';
import { makePublishedKeys } from '../../adapters/catalog/published-keys.ts';
import { readOrigins } from '../../http/cors.ts';
import { openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { ingestEnvNames } from './env.ts';
import { makeIngestHandler } from './handler.ts';

const env = requireEnv(ingestEnvNames, process.env);
const { items, objects, catalog, clock, ids, isOverload } = openAwsStores(env);
const queue = makeSqsBatchQueue({ client: makeSqsClient(), queueUrl: env.HEADGATE_QUEUE_URL });

export const handler = makeIngestHandler({
  catalog,
  clock,
  ids,
  isOverload,
  corsOrigins: readOrigins(env.HEADGATE_CORS_ORIGINS),
  intake: makeQueuedIntake({ queue, objects, receipts: catalog }),
  versions: makeLeasedVersionSource({ items, clock, holder: ids.next(), random: Math.random }),
  keys: makePublishedKeys(items, clock),
});
