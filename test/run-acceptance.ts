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
printOutcomes([await runAgainst(target)]);

async function runAgainst(place: string): Promise<SuiteOutcome> {
  if (place === 'embedded') return runSuite('acceptance', options, { HEADGATE_URL: '' });
  if (place === 'localstack') return runOnLocalStack();
  if (/^https?:\/\//.test(place)) return runSuite('acceptance', options, { HEADGATE_URL: place });
  throw new Error(`--target takes embedded, localstack or a URL, not ${JSON.stringify(place)}`);
}

async function runOnLocalStack(): Promise<SuiteOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'headgate-localstack-'));
  const localStack = await startLocalStack();
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
