/**
 * `npm run test:clients -- --target embedded|localstack|<url>`: the examples, and clients as they are in the field, each
 * in a process of its own, against one place (as in run-acceptance.ts). Needs bash, curl, GNU grep and sed, and a Python
 * of 3.10 or later, into an environment of which `requests` is installed. Other arguments go to jest.
 */
import { fileURLToPath } from 'node:url';
import { pythonWith } from './support/python-environment.ts';
import { readTarget, runAgainst } from './support/run-against.ts';
import { printOutcomes } from './support/run-suite.ts';

const { target, options } = readTarget(process.argv.slice(2));
try {
  const python = await pythonWith(fileURLToPath(new URL('clients/requirements.txt', import.meta.url)));
  printOutcomes([await runAgainst(target, 'clients', options, { HEADGATE_PYTHON: python })]);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
