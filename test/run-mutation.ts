/**
 * `npm run test:mutation`: Stryker changes one small thing of the domain at a time and runs the tests that reach it. Prints
 * each change that no test found, the share found by folder, and the time; fails below the share that stryker.config.mjs
 * asks for. `-- sql pql` takes these folders or files below `lambdas/domain` only; `-- --force` forgets what an earlier
 * run found of mutants whose code and tests are still the same.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type MutationReport, scoresByFolder, survivingMutants } from './support/mutation-report.ts';

const root = 'lambdas/domain';
/** As stryker.config.mjs has it. */
const reportFile = join('dist', 'mutation', 'report.json');
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const passedOn = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const scope = asked.map((name) => (name.endsWith('.ts') ? `${root}/${name}` : `${root}/${name}/**/*.ts`));

const started = performance.now();
rmSync(reportFile, { force: true });
const status = await runStryker([...(scope.length > 0 ? ['--mutate', scope.join(',')] : []), ...passedOn]);
if (existsSync(reportFile)) print(JSON.parse(readFileSync(reportFile, 'utf8')) as MutationReport);
process.stdout.write(`\n${((performance.now() - started) / 60_000).toFixed(1)} minutes\n`);
process.exitCode = status === 0 ? 0 : 1;

function runStryker(options: readonly string[]): Promise<number | null> {
  const stryker = join('node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [stryker, 'run', ...options], { stdio: 'inherit' });
    child.once('error', reject).once('close', resolve);
  });
}

function print(report: MutationReport): void {
  process.stdout.write(`\n${survivingMutants(report).join('\n')}\n\nfolder                mutants   found   score\n`);
  for (const { folder, mutants, found } of scoresByFolder(report, root)) {
    const score = mutants === 0 ? '-' : `${((100 * found) / mutants).toFixed(1)} %`;
    const columns = [String(mutants).padStart(7), String(found).padStart(7), score.padStart(8)];
    process.stdout.write(`${folder.padEnd(21)} ${columns.join(' ')}\n`);
  }
}
