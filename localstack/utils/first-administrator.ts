import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { FirstAdministrator } from '../../lambdas/use-cases/first-administrator.ts';
import { region } from './client-environment.ts';
import { outputNamed, type StackOutputs } from './deploy-to-localstack.ts';
import type { LocalStackPlace } from './place.ts';

/**
 * Makes the first administrator of a deployment by its setup function, as an operator does on AWS. Once there is one,
 * the answer is who it is.
 * @param given made up where left out
 */
export async function makeFirstAdministrator(
  place: LocalStackPlace,
  outputs: StackOutputs,
  given: { readonly email?: string; readonly password?: string },
): Promise<FirstAdministrator> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new LambdaClient({ endpoint: place.url, region, credentials });
  try {
    const FunctionName = outputNamed(outputs, 'SetupFunctionName');
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(given) }),
    );
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError) throw new Error(`the setup function failed: ${answer}`);
    return JSON.parse(answer) as FirstAdministrator;
  } finally {
    client.destroy();
  }
}
