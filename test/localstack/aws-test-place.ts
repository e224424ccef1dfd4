import {
  CreateTableCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CreateSecretCommand, DeleteSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import {
  loadS3Client,
  loadSecretsClient,
  makeDynamoClient,
  makeSqsClient,
} from '../../lambdas/adapters/aws/aws-clients.ts';
import { ulidSource } from '../../lambdas/adapters/system/ulid-source.ts';

const patienceMs = 30_000;

/** Tables, queues, buckets and secrets for tests, each made for one and removed by `close`. */
export interface AwsTestPlace {
  readonly dynamo: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  /** A table of items; without TTL, which would go by the real time where tests move theirs. */
  makeItemTable(): Promise<string>;
  makeBucket(): Promise<string>;
  /** A secret without a value, as CloudFormation makes it. */
  makeSecret(): Promise<string>;
  /** Queue and dead-letter queue. @param receivesMax receives before a message is a dead letter */
  makeQueues(receivesMax: number): Promise<{ readonly queueUrl: string; readonly deadLetterUrl: string }>;
  /** Removes all that was made and closes the clients. */
  close(): Promise<void>;
}

/** @throws Error when the environment names no endpoint: these tests never go to an account */
export async function openAwsTestPlace(): Promise<AwsTestPlace> {
  if (!process.env['AWS_ENDPOINT_URL'] || !process.env['AWS_ENDPOINT_URL_S3']) {
    throw new Error('these tests need LocalStack: set AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_S3 to its address');
  }
  const clients = {
    dynamo: makeDynamoClient(patiently()),
    sqs: makeSqsClient(patiently()),
    s3: await loadS3Client(patiently()),
    secrets: await loadSecretsClient(patiently()),
  };
  const removals: (() => Promise<unknown>)[] = [];
  const newName = () => `headgate-test-${ulidSource.next().toLowerCase()}`;
  return {
    ...clients,
    async makeItemTable() {
      const table = newName();
      removals.push(() => clients.dynamo.send(new DeleteTableCommand({ TableName: table })));
      await createItemTable(clients.dynamo, table);
      return table;
    },
    async makeBucket() {
      const bucket = newName();
      removals.push(() => removeBucket(clients.s3, bucket));
      await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
      return bucket;
    },
    async makeSecret() {
      const secret = newName();
      const deletion = new DeleteSecretCommand({ SecretId: secret, ForceDeleteWithoutRecovery: true });
      removals.push(() => clients.secrets.send(deletion));
      await clients.secrets.send(new CreateSecretCommand({ Name: secret }));
      return secret;
    },
    async makeQueues(receivesMax) {
      const name = newName();
      const make = async (suffix: string, attributes: Record<string, string> = {}) => {
        const command = new CreateQueueCommand({ QueueName: name + suffix, Attributes: attributes });
        const { QueueUrl: url } = await clients.sqs.send(command);
        removals.push(() => clients.sqs.send(new DeleteQueueCommand({ QueueUrl: url })));
        return url!;
      };
      const deadLetterUrl = await make('-dead-letters');
      const asked = new GetQueueAttributesCommand({ QueueUrl: deadLetterUrl, AttributeNames: ['QueueArn'] });
      const deadLetterTargetArn = (await clients.sqs.send(asked)).Attributes!['QueueArn'];
      const redrive = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: receivesMax });
      return { queueUrl: await make('', { RedrivePolicy: redrive }), deadLetterUrl };
    },
    async close() {
      await Promise.all(removals.map((remove) => remove()));
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Suites call hundreds at once, and one emulator on a small machine answers them one after the other. */
export function patiently() {
  return { requestHandler: new NodeHttpHandler({ connectionTimeout: patienceMs, requestTimeout: patienceMs }) };
}

async function createItemTable(dynamo: DynamoDBClient, table: string): Promise<void> {
  await dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['p', 's'].map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
      KeySchema: [
        { AttributeName: 'p', KeyType: 'HASH' },
        { AttributeName: 's', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client: dynamo, maxWaitTime: 30, minDelay: 1 }, { TableName: table });
}

async function removeBucket(s3: S3Client, bucket: string): Promise<void> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
    const keys = Contents.map(({ Key }) => ({ Key: Key! }));
    if (keys.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys } }));
  }
  await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
}
