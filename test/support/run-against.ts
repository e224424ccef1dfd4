import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalStack } from '../../localstack/utils/start-localstack.ts';
import { deployPlace } from './deployed-place.ts';
import { runSuite, type SuiteOutcome } from './run-suite.ts';

/**
 * Runs a suite that speaks HTTP only against one place: `embedded` (it starts products of its own), `localstack` (one is
 * started and deployed to), or the URL of one that runs already and takes `HEADGATE_USERNAME` and `HEADGATE_PASSWORD`
 * from the environment.
 * @param options passed on to jest
 * @param environment on top of what says where the place is
 * @throws in words for a person, where there is no such place
 */
export async function runAgainst(
  place: string,
  suite: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<SuiteOutcome> {
  if (place === 'embedded') return runSuite(suite, options, { ...environment, HEADGATE_URL: '' });
  if (place === 'localstack') return runOnLocalStack(suite, options, environment);
  if (/^https?:\/\//.test(place)) {
    await requireHeadgate(place);
    return runSuite(suite, options, { ...environment, HEADGATE_URL: place });
  }
  throw new Error(`--target takes embedded, localstack or a URL, not ${JSON.stringify(place)}`);
}

/** The value of `--target` (`embedded` where there is none), and the other arguments. */
export function readTarget(args: readonly string[]): { target: string; options: readonly string[] } {
  const at = args.findIndex((argument) => argument === '--target' || argument.startsWith('--target='));
  if (at < 0) return { target: 'embedded', options: args };
  const inline = args[at]!.split('=')[1];
  return { target: inline ?? args[at + 1] ?? '', options: args.toSpliced(at, inline === undefined ? 2 : 1) };
}

/** One clear word instead of hundreds of failures. */
async function requireHeadgate(url: string): Promise<void> {
  const answer = await fetch(`${url.replace(/\/+$/, '')}/health`).catch(() => undefined);
  if (answer?.status !== 200) throw new Error(`no Headgate answers at ${url} (GET /health)`);
  const missing = ['HEADGATE_USERNAME', 'HEADGATE_PASSWORD'].filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`${missing.join(' and ')} must say who signs in at ${url}`);
}

async function runOnLocalStack(
  suite: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<SuiteOutcome> {
  const localStack = await startLocalStack();
  const folder = await mkdtemp(join(tmpdir(), 'headgate-localstack-'));
  try {
    const deployed = await deployPlace(localStack, folder);
    const outcome = await runSuite(suite, options, { ...environment, ...deployed.environment });
    await deployed.close();
    return outcome;
  } finally {
    await localStack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
