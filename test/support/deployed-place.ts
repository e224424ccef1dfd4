import { randomBytes } from 'node:crypto';
import { startApiProxy } from '../../localstack/utils/api-proxy.ts';
import { deployToLocalStack, outputNamed, type StackOutputs } from '../../localstack/utils/deploy-to-localstack.ts';
import { destroyFromLocalStack } from '../../localstack/utils/destroy-from-localstack.ts';
import { makeFirstAdministrator } from '../../localstack/utils/first-administrator.ts';
import type { LocalStackPlace } from '../../localstack/utils/place.ts';
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
  const password = randomBytes(16).toString('hex');
  await makeFirstAdministrator(place, outputs, { email, password });
  const proxy = await startApiProxy(place, outputs);
  const stores: AwsStores = {
    catalogTable: outputNamed(outputs, 'CatalogTableName'),
    bucket: outputNamed(outputs, 'BucketName'),
    rowTablePrefix: outputNamed(outputs, 'RowTablePrefix'),
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
