/**
 * `npm run bench:ingest`: how many records a second the embedded product acknowledges, beside a bare server in the same
 * run, and how long until SQL sees them. Rounds of the two alternate, so that a machine that slows down slows both.
 * Options: --rounds 5 --seconds 4 --connections 16 --records 100 --keys string|id --bare-only
 */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type IngestTarget, openBareServer, openProduct, residentMegabytes } from './ingest-targets.ts';
import type { LoadPlan, LoadResult } from './load.ts';

/** One round's figures, and the median of several. */
interface Figures {
  /** Records acknowledged a second. */
  readonly rate: number;
  /** Records a second until the last one was visible: what can be kept up, since a queue may fill meanwhile. */
  readonly visibleRate: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly visibleMs: number;
  readonly memoryMb: number;
  readonly peakMb: number;
}

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '16' },
    records: { type: 'string', default: '100' },
    keys: { type: 'string', default: 'string' },
    'bare-only': { type: 'boolean', default: false },
  },
});
const execute = promisify(execFile);
const loadScript = fileURLToPath(new URL('./load.ts', import.meta.url));
/** Rounds that only warm up compilers, caches and the file system. */
const warmUpSeconds = 2;

const targets: IngestTarget[] = [];
const rounds = new Map<string, Figures[]>();
const sent = new Map<string, number>();
try {
  targets.push(await openBareServer());
  if (!options['bare-only']) targets.push(await openProduct(options.keys === 'id' ? 'id' : 'string'));
  for (const target of targets) await runRound(target, warmUpSeconds);
  printHead();
  for (let round = 1; round <= Number(options.rounds); round++) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      const figures = await runRound(target, Number(options.seconds));
      rounds.set(target.name, [...(rounds.get(target.name) ?? []), figures]);
      printFigures(`${target.name} ${round}`, figures);
    }
  }
  for (const target of targets) await target.check(sent.get(target.name)!);
  printMedians();
} finally {
  for (const target of targets) await target.close();
}

async function runRound(target: IngestTarget, seconds: number): Promise<Figures> {
  const firstKey = sent.get(target.name) ?? 0;
  const plan: LoadPlan = {
    url: target.url,
    path: target.path,
    authorization: target.authorization,
    connections: Number(options.connections),
    recordsPerPost: Number(options.records),
    seconds,
    firstKey,
  };
  const { stdout } = await execute(process.execPath, [loadScript, JSON.stringify(plan)]);
  const result = JSON.parse(stdout) as LoadResult;
  sent.set(target.name, firstKey + result.records);
  const memory = await residentMegabytes(target.pid);
  const visibleMs = Math.max(0, (await target.visible(result.lastReceipts)) - result.lastAckAt);
  const { p50Ms, p95Ms, p99Ms } = result;
  const rate = result.records / result.seconds;
  const visibleRate = result.records / (result.seconds + visibleMs / 1_000);
  return { rate, visibleRate, p50Ms, p95Ms, p99Ms, visibleMs, memoryMb: memory?.now ?? 0, peakMb: memory?.peak ?? 0 };
}

function printHead(): void {
  const { connections, records, seconds, keys } = options;
  const load = `${connections} connections, ${records} records of about 230 bytes a POST, ${seconds} s a round`;
  print(`\n${load}, ${keys} keys, ${cpus().length} cores, Node ${process.versions.node}\n`);
  print(`${'round'.padEnd(14)} acked/s  visible/s   p50 ms   p95 ms   p99 ms  visible after ms  RSS MB  peak MB\n`);
}

function printFigures(name: string, figures: Figures): void {
  const { rate, visibleRate, p50Ms, p95Ms, p99Ms, visibleMs, memoryMb, peakMb } = figures;
  const rates = `${rate.toFixed(0).padStart(8)}${visibleRate.toFixed(0).padStart(11)}`;
  const milliseconds = [p50Ms, p95Ms, p99Ms].map((value) => value.toFixed(1).padStart(9)).join('');
  const memory = [memoryMb, peakMb].map((value) => value.toFixed(0).padStart(8)).join('');
  print(`${name.padEnd(14)}${rates}${milliseconds}${visibleMs.toFixed(0).padStart(18)}${memory}\n`);
}

function printMedians(): void {
  print('\nmedians\n');
  const medians = targets.map(({ name }) => ({ name, figures: medianFigures(rounds.get(name)!) }));
  for (const { name, figures } of medians) printFigures(name, figures);
  const [bare, product] = medians;
  if (product === undefined) return;
  const ratio = (of: 'rate' | 'visibleRate') => (product.figures[of] / bare!.figures[of]).toFixed(2);
  print(`\nratio to bare   ${ratio('rate')} acknowledged, ${ratio('visibleRate')} visible\n`);
}

function medianFigures(all: readonly Figures[]): Figures {
  const names = Object.keys(all[0]!) as (keyof Figures)[];
  return Object.fromEntries(names.map((name) => [name, median(all.map((one) => one[name]))])) as unknown as Figures;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function print(text: string): void {
  process.stdout.write(text);
}
