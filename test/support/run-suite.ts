import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a suite, or a check that counts as one test, came to. */
export interface SuiteOutcome {
  readonly name: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
}

const bin = (...parts: string[]) => join('node_modules', ...parts);

/** Runs a command of a package with this Node; it passes when it exits with 0. */
export async function runCheck(name: string, [script, ...args]: readonly [string, ...string[]]): Promise<SuiteOutcome> {
  const started = performance.now();
  const status = await exitCodeOf([bin(script), ...args], { stdio: 'inherit' });
  return { name, seconds: secondsSince(started), passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
}

/**
 * Runs the tests below `test/<name>/` with jest.
 * @param options passed on to jest
 * @param environment on top of this process's own
 */
export async function runSuite(
  name: string,
  options: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<SuiteOutcome> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'headgate-test-'));
  const report = join(folder, 'report.json');
  const jest = [bin('jest', 'bin', 'jest.js'), '--json', `--outputFile=${report}`, ...options, `test/${name}/`];
  const status = await exitCodeOf(['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', ...jest], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const { passed, failed } = readReport(report);
  rmSync(folder, { recursive: true });
  return { name, seconds: secondsSince(started), passed, failed: failed === 0 && status !== 0 ? 1 : failed };
}

/** Runs a step that is no suite but takes its time; it counts as no test, and what it throws goes on. */
export async function runTimed<T>(
  name: string,
  work: () => Promise<T>,
): Promise<{ readonly outcome: SuiteOutcome; readonly value: T }> {
  const started = performance.now();
  const value = await work();
  return { outcome: { name, seconds: secondsSince(started), passed: 0, failed: 0 }, value };
}

/** Prints a table of what each took and the sums, and sets the exit code. */
export function printOutcomes(outcomes: readonly SuiteOutcome[]): void {
  process.stdout.write('\nsuite                minutes  passed  failed\n');
  for (const { name, seconds, passed, failed } of outcomes) {
    const columns = [(seconds / 60).toFixed(2).padStart(7), String(passed).padStart(7), String(failed).padStart(7)];
    process.stdout.write(`${name.padEnd(20)} ${columns.join(' ')}\n`);
  }
  const total = (count: 'passed' | 'failed') => outcomes.reduce((sum, outcome) => sum + outcome[count], 0);
  process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed\n`);
  process.exitCode = total('failed') > 0 ? 1 : 0;
}

/** Not the synchronous way: what this process serves meanwhile (a proxy) must go on. */
function exitCodeOf(args: readonly string[], options: SpawnOptions): Promise<number | null> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, args, options).once('error', reject).once('close', resolve);
  });
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1_000;
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
