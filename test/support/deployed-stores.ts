import { makeSqsClient } from '../../lambdas/adapters/aws/aws-clients.ts';
import { makeSqsBatchQueue } from '../../lambdas/adapters/aws/sqs-batch-queue.ts';
import { openAwsRows, openAwsStores } from '../../lambdas/handlers/aws-stores.ts';
import { outputNamed, type StackOutputs } from '../../localstack/utils/deploy-to-localstack.ts';

/** The stores below a deployed product, through the adapters that its functions use. */
export function openDeployedStores() {
  const outputs = JSON.parse(variable('HEADGATE_STACK_OUTPUTS')) as StackOutputs;
  const output = (name: string) => outputNamed(outputs, name);
  const [queueUrl, rowTablePrefix] = [output('QueueUrl'), output('RowTablePrefix')];
  const stores = openAwsStores({
    HEADGATE_CATALOG_TABLE: output('CatalogTableName'),
    HEADGATE_BUCKET: output('BucketName'),
  });
  const sqs = makeSqsClient();
  return {
    ...stores,
    outputs,
    sqs,
    rowTablePrefix,
    rowStore: openAwsRows(stores.dynamo, { HEADGATE_ROW_TABLE_PREFIX: rowTablePrefix }),
    queueUrl,
    deadLetterUrl: output('DeadLetterQueueUrl'),
    queue: makeSqsBatchQueue({ client: sqs, queueUrl }),
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
