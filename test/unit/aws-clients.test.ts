import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  loadS3Client,
  loadSecretsClient,
  makeDynamoClient,
  makeSqsClient,
} from '../../lambdas/adapters/aws/aws-clients.ts';
import { nowhere } from '../support/scripted-aws.ts';

/** What API Gateway waits for. */
const answerMsMax = 29_000;

/** Waits between attempts that fail so: 50 ms, doubled each time. */
const pausesMsMax = 500;

interface MeasuredClient {
  readonly destroy: () => void;
  call(): Promise<unknown>;
  /** Attempts that it makes as functions have it. */
  readonly attemptsMax: number;
}

let silent: Server;
beforeAll(async () => {
  silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

/** The clients as functions have them but for one attempt alone, at a service that takes requests and never answers. */
async function openClients(): Promise<MeasuredClient[]> {
  const place = { ...nowhere, endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`, maxAttempts: 1 };
  const [dynamo, sqs] = [makeDynamoClient(place), makeSqsClient(place)];
  const [s3, secrets] = await Promise.all([loadS3Client(place), loadSecretsClient(place)]);
  const asDeployed = [
    makeDynamoClient(nowhere),
    makeSqsClient(nowhere),
    await loadS3Client(nowhere),
    await loadSecretsClient(nowhere),
  ];
  const calls = [
    () => dynamo.send(new ListTablesCommand()),
    () => sqs.send(new ListQueuesCommand()),
    () => s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' })),
    () => secrets.send(new ListSecretsCommand()),
  ];
  const attempts = await Promise.all(asDeployed.map(({ config }) => config.maxAttempts()));
  return [dynamo, sqs, s3, secrets].map((client, i) => ({
    destroy: () => client.destroy(),
    call: calls[i]!,
    attemptsMax: attempts[i]!,
  }));
}

describe('the clients of AWS', () => {
  it('give up on a service that never answers before the caller of a function would', async () => {
    const clients = await openClients();
    const startedMs = performance.now();
    const ends = clients.map(async ({ call, attemptsMax }) => {
      const error = await call().catch((reason: unknown) => reason);
      return { attemptsMax, error: (error as Error).name, ms: performance.now() - startedMs };
    });
    for (const { attemptsMax, error, ms } of await Promise.all(ends)) {
      expect(error).toBe('TimeoutError');
      expect(attemptsMax).toBeGreaterThan(1);
      expect(attemptsMax * ms + pausesMsMax).toBeLessThan(answerMsMax);
    }
    for (const { destroy } of clients) destroy();
  });

  it('of S3 and Secrets Manager are loaded only when they are wanted', async () => {
    const folder = join(import.meta.dirname, '../../lambdas/adapters');
    const modules = ['aws/aws-clients', 'aws/s3-object-store', 'aws/secret-signing-keys', 'aws/queued-intake'];
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ resolve(name, context, next) { loaded.push(name); return next(name, context); } });
      const parts = await Promise.all(${JSON.stringify(modules)}.map((name) => import(${JSON.stringify(folder)} + '/' + name + '.ts')));
      const before = loaded.filter((name) => name.startsWith('@aws-sdk/client-'));
      await parts[0].loadS3Client({ region: 'us-east-1' });
      const after = loaded.filter((name) => name.startsWith('@aws-sdk/client-'));
      console.log(JSON.stringify([before, after].map((names) => [...new Set(names)].sort())));
    `;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    const always = ['@aws-sdk/client-dynamodb', '@aws-sdk/client-sqs'];
    expect(JSON.parse(stdout)).toEqual([always, [always[0], '@aws-sdk/client-s3', always[1]]]);
  });
});
