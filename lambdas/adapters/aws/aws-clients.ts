import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { SecretsManagerClient, SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * The SDK clients, one of each for the life of a function's instance. Region, credentials and a local endpoint come from
 * the environment (`AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_S3`) by the SDK's own rules. All calls are bounded
 * so that even one which fails every attempt ends before its function's timeout (29 s for what API Gateway waits for),
 * with an error that says why. S3 and Secrets Manager are loaded when first wanted: most requests need neither, and
 * loading them would lengthen every cold start.
 */
interface CallTimes {
  /** Milliseconds until a request has its connection. Waiting for a free one counts. */
  readonly connectionTimeoutMs: number;
  /** Milliseconds until an answer begins, the connection included; within the answer, of silence. */
  readonly requestTimeoutMs: number;
  /** Calls at the service for one of ours, the first included. */
  readonly attemptsMax: number;
}

/** Within one region a connection takes milliseconds; two seconds mean that packets were lost twice. */
const connectionTimeoutMs = 2_000;
/** The slowest request is a batch of 16 MB, far below a second; a retry is cheaper than waiting longer. */
const dynamoTimes: CallTimes = { connectionTimeoutMs, requestTimeoutMs: 4_000, attemptsMax: 4 };
/** A long poll waits a second by itself. */
const sqsTimes: CallTimes = { connectionTimeoutMs, requestTimeoutMs: 4_000, attemptsMax: 4 };
/** Puts have a time of their own, by the size of the body: `s3-object-store.ts`. */
const s3Times: CallTimes = { connectionTimeoutMs, requestTimeoutMs: 8_000, attemptsMax: 3 };
/** One read a cold start of the control function. */
const secretsTimes: CallTimes = { connectionTimeoutMs, requestTimeoutMs: 3_000, attemptsMax: 4 };

/** Connections of one client: several times what an adapter asks for at once, a twentieth of Lambda's 1,024 files. */
const socketsMax = 50;

/** @param config tests give middleware's retries, handlers or times of their own */
export function makeDynamoClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({ ...boundedBy(dynamoTimes), ...config });
}

export function makeSqsClient(config: SQSClientConfig = {}): SQSClient {
  return new SQSClient({ ...boundedBy(sqsTimes), ...config });
}

/** Every object is sent with a checksum, which S3 verifies and keeps, and verified by it when read. */
export async function loadS3Client(config: S3ClientConfig = {}): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    ...boundedBy(s3Times),
    requestChecksumCalculation: 'WHEN_SUPPORTED',
    responseChecksumValidation: 'WHEN_SUPPORTED',
    ...config,
  });
}

export async function loadSecretsClient(config: SecretsManagerClientConfig = {}): Promise<SecretsManagerClient> {
  const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  return new SecretsManagerClient({ ...boundedBy(secretsTimes), ...config });
}

/**
 * Retry mode `standard`: exponential waits with jitter, and a budget that stops retrying when most calls fail. Not
 * `adaptive`: its rate limit is one for the whole client, so that one hot partition would slow the calls to all others.
 * Idle connections that a frozen function lost show as resets, which are retried.
 */
function boundedBy({ connectionTimeoutMs, requestTimeoutMs, attemptsMax }: CallTimes) {
  const agent = { keepAlive: true, maxSockets: socketsMax };
  return {
    maxAttempts: attemptsMax,
    retryMode: 'standard',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeoutMs,
      httpAgent: agent,
      httpsAgent: agent,
    }),
  };
}
