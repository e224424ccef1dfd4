/**
 * `npm run test:properties`: ten thousand histories through the data plane of the embedded place, against an oracle that
 * knows no stamps and no merging. `-- --runs 500 --seed 7 --workers 2` asks for something else. Prints the seeds, what
 * happened in the histories and the minutes; of one that goes wrong, its seed and the smallest history like it, which
 * belongs into `test/property/found-histories.ts` once it is mended. Stores are in memory where Linux has a folder for
 * that, or else, as with `TMPDIR`, on a disk.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PortionOutcome } from './property/histories/run-worker.ts';
import { addSeen, nothingSeen, type Seen } from './property/histories/seen.ts';

/** Runs under one seed, and over one set of stores. */
const portionRuns = 250;
/** Every so many runs have their segments as Parquet, and their rows read by SQL. */
const wholeEvery = 20;
/** Unless more are asked for. */
const workersMax = 4;

const { runs, seed, workers } = readArguments(process.argv.slice(2));
const startedAt = performance.now();
const each = Math.ceil(runs / workers / portionRuns);
const failures: string[] = [];
let seen = nothingSeen();
process.stdout.write(`${each * workers * portionRuns} runs by ${workers} workers, seeds from ${seed}\n`);
await Promise.all(Array.from({ length: workers }, (_, worker) => runWorker(worker)));
report(seen);

/** The seeds of one worker are every `workers`th. */
async function runWorker(worker: number): Promise<void> {
  const script = join(import.meta.dirname, 'property', 'histories', 'run-worker.ts');
  const args = [each, portionRuns, seed + worker, workers, wholeEvery].map(String);
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) note(JSON.parse(line) as PortionOutcome);
  const code = await closed;
  if (code !== 0) failures.push(`worker ${worker} ended with ${code}`);
}

function note(outcome: PortionOutcome): void {
  if ('failure' in outcome) failures.push(outcome.failure);
  else seen = addSeen(seen, outcome.seen);
  const result = 'failure' in outcome ? `FAILED\n${outcome.failure}` : `${outcome.seen.runs} runs passed`;
  process.stdout.write(`seed ${outcome.seed}: ${result}\n`);
}

function report(all: Seen): void {
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  process.stdout.write(
    `\n${Object.entries(all)
      .map(([what, count]) => `${what} ${count}`)
      .join(', ')}\n`,
  );
  process.stdout.write(
    `key collisions ${share(all.collisions, all.accepted)}, redeliveries ${share(all.redeliveries, all.deliveries)}, ` +
      `processes that ended ${share(all.crashes, all.flushes + all.requests)}\n`,
  );
  process.stdout.write(`\n${all.runs} runs passed, ${failures.length} seeds failed, ${minutes} minutes\n`);
  process.exitCode = failures.length > 0 || all.runs < runs ? 1 : 0;
}

function readArguments(args: readonly string[]): { runs: number; seed: number; workers: number } {
  const number = (name: string, otherwise: number) => {
    const at = args.findIndex((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`));
    const value = at < 0 ? otherwise : Number(args[at]!.split('=')[1] ?? args[at + 1]);
    if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1`);
    return value;
  };
  return {
    runs: number('runs', 10_000),
    seed: number('seed', 1 + (Date.now() % 2 ** 30)),
    workers: number('workers', Math.min(workersMax, availableParallelism())),
  };
}
