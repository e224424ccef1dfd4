/**
 * `npm run bench:cold-start`: what loading each function costs before its first request, beside an empty handler in the
 * same run. Node starts anew for each measurement, and rounds of all functions alternate.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildFunctions } from '../bin/functions/build-functions.ts';
import { functionNames, functionTable } from '../lib/function-table.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const rounds = Number(values.rounds);

/** Loads a module as the Lambda runtime does and prints how many milliseconds it took. */
const load = `const begin = performance.now(); await import(process.argv[1]); console.log(performance.now() - begin)`;
/** Values that no function looks at while it loads. */
const environment = Object.fromEntries(
  ['CATALOG_TABLE', 'BUCKET', 'ROW_TABLE_PREFIX', 'ROW_RECOVERY', 'SIGNING_SECRET', 'QUEUE_URL', 'CORS_ORIGINS'].map(
    (name) => [`HEADGATE_${name}`, 'none'],
  ),
);

const out = mkdtempSync(join(tmpdir(), 'headgate-cold-start-'));
await buildFunctions({ root: process.cwd(), out });
const empty = join(out, 'empty.mjs');
writeFileSync(empty, 'export const handler = async () => ({ statusCode: 200 });\n');
const modules = new Map([['empty handler', empty]]);
for (const name of functionNames) modules.set(name, join(out, 'functions', functionTable[name].asset, `${name}.mjs`));

const times = new Map<string, number[]>();
for (let round = 0; round < rounds; round += 1) {
  for (const [name, file] of modules) times.set(name, [...(times.get(name) ?? []), loadMs(file)]);
}
rmSync(out, { recursive: true });

const base = median(times.get('empty handler')!);
process.stdout.write(`medians of ${rounds}\nfunction        load ms  beyond empty\n`);
for (const [name, all] of times) {
  const ms = median(all);
  process.stdout.write(`${name.padEnd(15)}${ms.toFixed(1).padStart(8)}${(ms - base).toFixed(1).padStart(14)}\n`);
}

function loadMs(file: string): number {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', load, pathToFileURL(file).href],
    { encoding: 'utf8', env: { ...process.env, ...environment, AWS_REGION: 'us-east-1' } },
  );
  if (status !== 0) throw new Error(`${file} does not load: ${stderr}`);
  return Number(stdout);
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
}
