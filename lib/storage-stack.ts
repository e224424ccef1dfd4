import { type App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { makeBatchQueues } from './constructs/batch-queues.ts';
import { makeCatalogTable } from './constructs/catalog-table.ts';
import { makeDataBucket } from './constructs/data-bucket.ts';
import { makeSigningSecret } from './constructs/signing-secret.ts';
import type { DataPlaces } from './places.ts';
import { stackProps } from './stack-props.ts';
import { rowTablePrefixOf, type Stage } from './stages.ts';

/**
 * Everything that holds data, apart from what works on it: catalog, segments and bodies, signing key, and the queues, in
 * which batches wait that were accepted and are nowhere else yet. The other stacks can be taken away and made again. Names
 * of constructs here never change, because a changed one is a new and empty resource.
 */
export function makeStorageStack(app: App, stage: Stage): DataPlaces {
  const stack = new Stack(
    app,
    'Storage',
    stackProps(stage, 'storage', 'catalog, segments and bodies, queues, signing key'),
  );
  const catalog = makeCatalogTable(stack, stage);
  const bucket = makeDataBucket(stack, stage);
  const { queue, deadLetters } = makeBatchQueues(stack, stage);
  const signingSecretArn = makeSigningSecret(stack, stage);
  const rowTablePrefix = rowTablePrefixOf(stage);

  new CfnOutput(stack, 'CatalogTableName', { value: catalog.tableName });
  new CfnOutput(stack, 'BucketName', { value: bucket.bucketName });
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
  new CfnOutput(stack, 'DeadLetterQueueUrl', { value: deadLetters.queueUrl });
  new CfnOutput(stack, 'SigningSecretArn', { value: signingSecretArn });
  new CfnOutput(stack, 'RowTablePrefix', { value: rowTablePrefix });
  return {
    catalogTableName: catalog.tableName,
    catalogTableArn: catalog.tableArn,
    bucketName: bucket.bucketName,
    bucketArn: bucket.bucketArn,
    signingSecretArn,
    rowTablePrefix,
    queueUrl: queue.queueUrl,
    queueArn: queue.queueArn,
    deadLetterQueueArn: deadLetters.queueArn,
  };
}
