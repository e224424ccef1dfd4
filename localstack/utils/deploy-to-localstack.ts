import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { accountId, region } from './client-environment.ts';
import type { LocalStackPlace } from './place.ts';
import { assemblyFolder, runCdk } from './run-cdk.ts';

export interface DeployOptions {
  /** The context value `stage` of the app. */
  readonly stage: string;
  /** Gets the assembly, the outputs and `cdk.log`; made if need be. Two deployments at once need two. */
  readonly outputFolder: string;
  /** Another app than that of `cdk.json`: the command that makes its assembly. */
  readonly app?: string;
  /** More context values. */
  readonly context?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly onOutput?: (text: string) => void;
}

/** Outputs by stack, then by name. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The value of an output, whichever stack has it. */
export function outputNamed(outputs: StackOutputs, name: string): string {
  const found = Object.values(outputs).find((values) => name in values)?.[name];
  if (found === undefined) throw new Error(`no stack has an output ${name}`);
  return found;
}

/** Takes about 10 s. */
const bootstrapMsMax = 180_000;
/** Takes some 10 s a stack, and more on a machine that does other work. */
const deployMsMax = 900_000;

/**
 * Bootstraps a LocalStack if need be and deploys all stacks of the app to it.
 * @throws CommandFailed with the end of what `cdk` said
 */
export async function deployToLocalStack(place: LocalStackPlace, options: DeployOptions): Promise<StackOutputs> {
  const { outputFolder, timeoutMs = deployMsMax, onOutput } = options;
  await mkdir(outputFolder, { recursive: true });
  // `cdk` would keep the functions of every build before.
  await rm(assemblyFolder(outputFolder), { recursive: true, force: true });
  const shared = { outputFolder, ...(onOutput === undefined ? {} : { onOutput }) };
  if (!(await isBootstrapped(place))) {
    const bootstrap = ['bootstrap', `aws://${accountId}/${region}`, ...appArgs(options)];
    await runCdk(place, bootstrap, { ...shared, what: 'Bootstrapping LocalStack', timeoutMs: bootstrapMsMax });
  }
  const outputsFile = join(outputFolder, 'outputs.json');
  const deploy = ['deploy', '--all', '--require-approval', 'never', '--progress', 'events'];
  await runCdk(place, [...deploy, '--outputs-file', outputsFile, ...appArgs(options)], {
    ...shared,
    what: 'Deploying to LocalStack',
    timeoutMs,
  });
  return JSON.parse(await readFile(outputsFile, 'utf8')) as StackOutputs;
}

/** The arguments that choose an app and its context, for every `cdk` command alike. */
export function appArgs({ stage, app, context = {} }: Pick<DeployOptions, 'stage' | 'app' | 'context'>): string[] {
  const values = Object.entries({ ...context, stage }).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  return app === undefined ? values : ['--app', app, ...values];
}

async function isBootstrapped({ url }: LocalStackPlace): Promise<boolean> {
  const client = new CloudFormationClient({
    endpoint: url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
    return stack?.StackStatus === 'CREATE_COMPLETE' || stack?.StackStatus === 'UPDATE_COMPLETE';
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}
