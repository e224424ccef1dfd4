import { makeSqsClient } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeSqsBatchQueue } from '../../lambdas/adapters/aws/sqs-batch-queue.ts';
import { openAwsRows, openAwsStores } from '../../lambdas/handlers/aws-stores.ts';
import type { StackOutputs } from '../../localstack/utils/deploy-to-localstack.ts';
import { outputsOf } from './deployed-place.ts';

/** The stores below a deployed product, through the adapters that its functions use. */
export function openDeployedStores() {
  const outputs = JSON.parse(variable('HEADGATE_STACK_OUTPUTS')) as StackOutputs;
  const { CatalogTableName, BucketName, RowTablePrefix } = outputsOf(outputs, 'storage');
  const { QueueUrl, DeadLetterQueueUrl } = outputsOf(outputs, 'ingest');
  const stores = openAwsStores({ HEADGATE_CATALOG_TABLE: CatalogTableName!, HEADGATE_BUCKET: BucketName! });
  const sqs = makeSqsClient();
  return {
    ...stores,
    outputs,
    sqs,
    rowTablePrefix: RowTablePrefix!,
    rowStore: openAwsRows(stores.dynamo, { HEADGATE_ROW_TABLE_PREFIX: RowTablePrefix! }),
    queueUrl: QueueUrl!,
    deadLetterUrl: DeadLetterQueueUrl!,
    queue: makeSqsBatchQueue({ client: sqs, queueUrl: QueueUrl! }),
    close() {
      stores.dynamo.destroy();
      sqs.destroy();
    },
  };
}

export type DeployedStores = ReturnType<typeof openDeployedStores>;

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this suite is run by npm run test:localstack`);
  return value;
}
