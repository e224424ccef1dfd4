/**
 * Runs the suites one after the other and prints what each took. Without arguments all that need nothing but Node;
 * `npm test -- unit` runs one. What needs LocalStack is run by `npm run test:localstack`.
 */
import { join } from 'node:path';
import { printOutcomes, runCheck, runSuite } from './support/run-suite.ts';

/** Checks count as one test each. */
const checks: Readonly<Record<string, readonly [string, ...string[]]>> = {
  format: [join('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
  types: [join('typescript', 'bin', 'tsc'), '--noEmit'],
};
/** Folders below `test/`. */
const suites = ['unit', 'property', 'conformance', 'infra', 'acceptance', 'faults'];

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const passedOn = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const names = asked.length > 0 ? asked : [...Object.keys(checks), ...suites];
const outcomes = [];
for (const name of names)
  outcomes.push(checks[name] ? await runCheck(name, checks[name]) : await runSuite(name, passedOn));
printOutcomes(outcomes);
