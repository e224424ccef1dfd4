/**
 * Runs the suites one after the other and prints what each took. Without arguments all of them; `npm test -- unit`
 * runs one. Exits with 1 when a suite failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Outcome {
  readonly name: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
}

const node = process.execPath;
const bin = (...parts: string[]) => join('node_modules', ...parts);

/** Checks count as one test each. */
const checks: Readonly<Record<string, readonly string[]>> = {
  format: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
  types: [bin('typescript', 'bin', 'tsc'), '--noEmit'],
};
/** Folders below `test/`. */
const suites = ['unit', 'property', 'conformance', 'acceptance', 'faults'];

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const passedOn = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const names = asked.length > 0 ? asked : [...Object.keys(checks), ...suites];
const outcomes = names.map((name) => (checks[name] ? runCheck(name, checks[name]) : runSuite(name)));

process.stdout.write('\nsuite          minutes  passed  failed\n');
for (const { name, seconds, passed, failed } of outcomes) {
  process.stdout.write(
    `${name.padEnd(14)} ${(seconds / 60).toFixed(2).padStart(7)} ${String(passed).padStart(7)} ${String(failed).padStart(7)}\n`,
  );
}
const total = (count: 'passed' | 'failed') => outcomes.reduce((sum, outcome) => sum + outcome[count], 0);
process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed\n`);
process.exitCode = total('failed') > 0 ? 1 : 0;

function runCheck(name: string, command: readonly string[]): Outcome {
  const started = performance.now();
  const { status } = spawnSync(node, [...command], { stdio: 'inherit' });
  const seconds = (performance.now() - started) / 1_000;
  return { name, seconds, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
}

function runSuite(name: string): Outcome {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'headgate-test-'));
  const report = join(folder, 'report.json');
  const jest = [bin('jest', 'bin', 'jest.js'), '--json', `--outputFile=${report}`, ...passedOn, `test/${name}/`];
  const { status } = spawnSync(node, ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', ...jest], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { passed, failed } = readReport(report);
  rmSync(folder, { recursive: true });
  const seconds = (performance.now() - started) / 1_000;
  return { name, seconds, passed, failed: failed === 0 && status !== 0 ? 1 : failed };
}

/** A suite without a report, or whose files did not load, has failed. */
function readReport(file: string): { passed: number; failed: number } {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numRuntimeErrorTestSuites: number;
    };
    return { passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
