import { randomBytes } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { gatewayAnswerBody, gatewayAnswers } from '../../lib/gateway-answers.ts';
import { deployToLocalStack, type StackOutputs } from '../../localstack/utils/deploy-to-localstack.ts';
import { destroyFromLocalStack } from '../../localstack/utils/destroy-from-localstack.ts';
import type { LocalStackPlace } from '../../localstack/utils/place.ts';
import { startRootProxy } from '../../localstack/utils/root-proxy.ts';
import type { AwsStores } from './aws-stored-rows.ts';

/** The product as deployed to a LocalStack, reached at the root of a server of its own. */
export interface DeployedPlace {
  readonly outputs: StackOutputs;
  /** For a test process: where the product is, who may sign in, what lies below, and the `AWS_*` variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes the stacks down and closes the proxy. */
  close(): Promise<void>;
}

export const deployedStage = 'dev';
const email = 'acceptance@example.com';

/** Builds and deploys all stacks, makes the first administrator, and opens a proxy to the API. */
export async function deployPlace(place: LocalStackPlace, outputFolder: string): Promise<DeployedPlace> {
  const options = { stage: deployedStage, outputFolder };
  const outputs = await deployToLocalStack(place, options);
  const { CatalogTableName, BucketName, RowTablePrefix } = outputsOf(outputs, 'storage');
  const { ApiId, ApiStage, SetupFunctionName } = outputsOf(outputs, 'api');
  const password = randomBytes(16).toString('hex');
  await invokeSetup(place, SetupFunctionName!, { email, password });
  const tooLarge = gatewayAnswers.find(({ type }) => type === 'REQUEST_TOO_LARGE')!;
  const proxy = await startRootProxy({
    target: `${place.url}/_aws/execute-api/${ApiId}/${ApiStage}`,
    tooLargeBody: gatewayAnswerBody(tooLarge),
  });
  const stores: AwsStores = {
    catalogTable: CatalogTableName!,
    bucket: BucketName!,
    rowTablePrefix: RowTablePrefix!,
  };
  return {
    outputs,
    environment: {
      ...place.environment,
      HEADGATE_URL: proxy.url,
      HEADGATE_USERNAME: email,
      HEADGATE_PASSWORD: password,
      HEADGATE_AWS_STORES: JSON.stringify(stores),
      HEADGATE_STACK_OUTPUTS: JSON.stringify(outputs),
    },
    async close() {
      await proxy.close();
      await destroyFromLocalStack(place, options);
    },
  };
}

/** Outputs of one of the stage's stacks. */
export function outputsOf(outputs: StackOutputs, part: string): Readonly<Record<string, string>> {
  const found = outputs[`headgate-${deployedStage}-${part}`];
  if (!found) throw new Error(`no outputs of the stack ${part}; there are ${Object.keys(outputs).join(', ')}`);
  return found;
}

async function invokeSetup(place: LocalStackPlace, name: string, event: object): Promise<void> {
  const client = new LambdaClient({
    endpoint: place.url,
    region: place.environment['AWS_REGION']!,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
  );
  client.destroy();
  if (FunctionError) throw new Error(`the setup function failed: ${Buffer.from(Payload ?? []).toString()}`);
}
