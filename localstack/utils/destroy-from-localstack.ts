import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appArgs, type DeployOptions } from './deploy-to-localstack.ts';
import type { LocalStackPlace } from './place.ts';
import { assemblyFolder, runCdk } from './run-cdk.ts';

const destroyMsMax = 600_000;

/**
 * Destroys all stacks of the app in a LocalStack.
 * @throws CommandFailed with the end of what `cdk` said
 */
export async function destroyFromLocalStack(place: LocalStackPlace, options: DeployOptions): Promise<void> {
  const { outputFolder, timeoutMs = destroyMsMax, onOutput } = options;
  await mkdir(outputFolder, { recursive: true });
  // What was deployed from this folder is still there: the app has not to be built and run again.
  const assembly = assemblyFolder(outputFolder);
  const app = existsSync(join(assembly, 'manifest.json')) ? assembly : options.app;
  await runCdk(place, ['destroy', '--all', '--force', ...appArgs({ ...options, ...(app && { app }) })], {
    what: 'Destroying stacks in LocalStack',
    outputFolder,
    timeoutMs,
    ...(onOutput === undefined ? {} : { onOutput }),
  });
}
