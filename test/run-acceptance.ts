/**
 * `npm run test:acceptance -- --target embedded|localstack|<url>`: the acceptance suite against one place. `embedded` (the
 * default) starts a product of its own, `localstack` starts LocalStack and deploys to it, a URL is one that runs already
 * and takes `HEADGATE_USERNAME` and `HEADGATE_PASSWORD` from the environment. Other arguments go to jest.
 */
import { readTarget, runAgainst } from './support/run-against.ts';
import { printOutcomes } from './support/run-suite.ts';

const { target, options } = readTarget(process.argv.slice(2));
try {
  printOutcomes([await runAgainst(target, 'acceptance', options)]);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
