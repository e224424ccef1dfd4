/**
 * `npm run test:localstack`: everything that needs LocalStack, from its start to its end. Starts one, runs the conformance
 * suites of the AWS adapters, deploys the product, runs what looks at the deployment and the acceptance suite, takes the
 * stacks down, and leaves nothing running. `-- acceptance` runs the named parts only.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalStack } from '../localstack/utils/start-localstack.ts';
import { deployPlace } from './support/deployed-place.ts';
import { printOutcomes, runSuite, runTimed, type SuiteOutcome } from './support/run-suite.ts';

const parts = ['localstack', 'deployed', 'acceptance'] as const;
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const passedOn = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const isAsked = (part: (typeof parts)[number]) => asked.length === 0 || asked.includes(part);

const outcomes: SuiteOutcome[] = [];
const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const { outcome, value } = await runTimed(name, work);
  outcomes.push(outcome);
  return value;
};

const place = await step('start', () => startLocalStack()).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
const folder = await mkdtemp(join(tmpdir(), 'headgate-localstack-'));
try {
  if (isAsked('localstack')) outcomes.push(await runSuite('localstack', passedOn, place.environment));
  if (isAsked('deployed') || isAsked('acceptance')) {
    const deployed = await step('deploy', () => deployPlace(place, folder));
    // One file after the other: they look at, and change, the one deployment.
    if (isAsked('deployed')) {
      outcomes.push(await runSuite('deployed', ['--runInBand', ...passedOn], deployed.environment));
    }
    if (isAsked('acceptance')) outcomes.push(await runSuite('acceptance', passedOn, deployed.environment));
    await step('destroy', () => deployed.close());
  }
} finally {
  await step('stop', () => place.stop());
  await rm(folder, { recursive: true, force: true });
}
printOutcomes(outcomes);
