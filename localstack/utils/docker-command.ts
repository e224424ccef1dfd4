import { join } from 'node:path';
import { repositoryFolder } from './home-folder.ts';
import { type CommandResult, tryCommand } from './run-command.ts';

/** Runs the Docker client; undefined when there is none. */
export type DockerCommand = (
  args: readonly string[],
  options?: { readonly timeoutMs?: number; readonly env?: Readonly<Record<string, string>> },
) => Promise<CommandResult | undefined>;

const timeoutMsDefault = 30_000;

/** The Docker client of this machine. */
export const docker: DockerCommand = (args, { timeoutMs = timeoutMsDefault, env = {} } = {}) =>
  tryCommand('docker', args, { timeoutMs, env: { ...(process.env as Record<string, string>), ...env } });

/** `docker compose` with our file, for the project of one run. */
export function composeArgs(project: string, ...args: readonly string[]): string[] {
  return ['compose', '--file', join(repositoryFolder, 'localstack', 'docker-compose.yml'), '-p', project, ...args];
}
