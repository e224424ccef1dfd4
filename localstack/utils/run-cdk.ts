import { delimiter, dirname, join } from 'node:path';
import { childEnvironment } from './client-environment.ts';
import { repositoryFolder } from './home-folder.ts';
import type { LocalStackPlace } from './place.ts';
import { runCommand } from './run-command.ts';

export interface CdkOptions {
  /** The work in words, for error messages. */
  readonly what: string;
  /** Where the assembly and the log go. */
  readonly outputFolder: string;
  readonly timeoutMs: number;
  /** Gets all output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Where the app's templates and functions go; the `cdk` command adds to it. */
export function assemblyFolder(outputFolder: string): string {
  return join(outputFolder, 'assembly');
}

const cdk = join(repositoryFolder, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/**
 * Runs the pinned `cdk` of the repository against a LocalStack, without telemetry, notices or a look for new versions.
 * @throws CommandFailed with the end of its output, and an Error when the place is not on this machine
 */
export async function runCdk(place: LocalStackPlace, args: readonly string[], options: CdkOptions): Promise<void> {
  requireLoopback(place);
  const { what, outputFolder, timeoutMs, onOutput } = options;
  const path = [dirname(process.execPath), join(repositoryFolder, 'node_modules', '.bin'), process.env['PATH'] ?? ''];
  await runCommand(
    what,
    process.execPath,
    [cdk, ...args, '--output', assemblyFolder(outputFolder), '--no-notices', '--no-version-reporting', '--ci'],
    {
      cwd: repositoryFolder,
      env: childEnvironment({
        ...place.environment,
        // The app runs on the node of PATH, and imports TypeScript.
        PATH: path.join(delimiter),
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_DISABLE_VERSION_CHECK: 'true',
      }),
      timeoutMs,
      logFile: join(outputFolder, 'cdk.log'),
      ...(onOutput === undefined ? {} : { onOutput }),
    },
  );
}

/** False credentials already keep it off AWS; this says so before anything is built. */
function requireLoopback({ url, environment }: LocalStackPlace): void {
  const endpoints = [url, environment['AWS_ENDPOINT_URL'], environment['AWS_ENDPOINT_URL_S3']];
  for (const endpoint of endpoints) {
    const host = URL.parse(endpoint ?? '')?.hostname;
    if (host !== '127.0.0.1') throw new Error(`a LocalStack is at 127.0.0.1, not at ${endpoint}`);
  }
}
