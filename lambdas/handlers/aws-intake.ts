import { makeSqsClient } from '../adapters/aws/aws-clients.ts';
import { makeQueuedIntake } from '../adapters/aws/queued-intake.ts';
import { makeSqsBatchQueue } from '../adapters/aws/sqs-batch-queue.ts';
import { makeLeasedVersionSource } from '../adapters/catalog/leased-version-source.ts';
import type { openAwsStores } from './aws-stores.ts';

/** What a function has that accepts records: the queue, and a source of versions of its own. */
export function openAwsIntake(
  { HEADGATE_QUEUE_URL: queueUrl }: { readonly HEADGATE_QUEUE_URL: string },
  {
    items,
    objects,
    catalog,
    clock,
    ids,
  }: Pick<ReturnType<typeof openAwsStores>, 'items' | 'objects' | 'catalog' | 'clock' | 'ids'>,
) {
  const queue = makeSqsBatchQueue({ client: makeSqsClient(), queueUrl });
  return {
    intake: makeQueuedIntake({ queue, objects, receipts: catalog }),
    versions: makeLeasedVersionSource({ items, clock, holder: ids.next(), random: Math.random }),
  };
}
