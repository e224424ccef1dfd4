/**
 * `npm run test:acceptance -- --target embedded|localstack|<url>`: the acceptance suite against one place. `embedded` (the
 * default) starts a product of its own, `localstack` starts LocalStack and deploys to it, a URL is one that runs already
 * and takes `HEADGATE_USERNAME` and `HEADGATE_PASSWORD` from the environment. Other arguments go to jest.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalStack } from '../localstack/utils/start-localstack.ts';
import { deployPlace } from './support/deployed-place.ts';
import { printOutcomes, runSuite, type SuiteOutcome } from './support/run-suite.ts';

const { target, options } = readArguments(process.argv.slice(2));
try {
  printOutcomes([await runAgainst(target)]);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function runAgainst(place: string): Promise<SuiteOutcome> {
  if (place === 'embedded') return runSuite('acceptance', options, { HEADGATE_URL: '' });
  if (place === 'localstack') return runOnLocalStack();
  if (/^https?:\/\//.test(place)) {
    await requireHeadgate(place);
    return runSuite('acceptance', options, { HEADGATE_URL: place });
  }
  throw new Error(`--target takes embedded, localstack or a URL, not ${JSON.stringify(place)}`);
}

/** One clear word instead of hundreds of failures. */
async function requireHeadgate(url: string): Promise<void> {
  const answer = await fetch(`${url.replace(/\/+$/, '')}/health`).catch(() => undefined);
  if (answer?.status !== 200) throw new Error(`no Headgate answers at ${url} (GET /health)`);
  const missing = ['HEADGATE_USERNAME', 'HEADGATE_PASSWORD'].filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`${missing.join(' and ')} must say who signs in at ${url}`);
}

async function runOnLocalStack(): Promise<SuiteOutcome> {
  const localStack = await startLocalStack();
  const folder = await mkdtemp(join(tmpdir(), 'headgate-localstack-'));
  try {
    const deployed = await deployPlace(localStack, folder);
    const outcome = await runSuite('acceptance', options, deployed.environment);
    await deployed.close();
    return outcome;
  } finally {
    await localStack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function readArguments(args: readonly string[]): { target: string; options: readonly string[] } {
  const at = args.findIndex((argument) => argument === '--target' || argument.startsWith('--target='));
  if (at < 0) return { target: 'embedded', options: args };
  const inline = args[at]!.split('=')[1];
  return { target: inline ?? args[at + 1] ?? '', options: args.toSpliced(at, inline === undefined ? 2 : 1) };
}
