/**
 * `npm run bench:query`: what queries of the embedded product take beside DuckDB on one plain Parquet file of the same
 * rows, in the same run: with the table compacted, and with 200 segments of updates that are not merged yet. Answers are
 * compared; a wrong one ends the run. Rounds of all targets alternate, so that a machine that slows down slows them all.
 * Options: --rows 10000000 --rounds 5 --seed 7 --growth --keep DIR
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type LoadedEvents, unmergedSegments } from './query-load.ts';
import { printFigures, printGrowth, printLoad } from './query-report.ts';
import { measureQueries, type QueryFigures } from './query-rounds.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '7' },
    growth: { type: 'boolean', default: false },
    keep: { type: 'string' },
  },
});
const execute = promisify(execFile);
const loadScript = fileURLToPath(new URL('./query-load.ts', import.meta.url));
/** Rows from which the growth curve begins; each next size has ten times as many. */
const growthRowsMin = 10_000;

const rows = Number(options.rows);
const seed = Number(options.seed);
const sizes = options.growth ? [...growthSizes(rows), rows] : [rows];
const parent = options.keep ?? mkdtempSync(join(tmpdir(), 'headgate-bench-'));
const curve: { readonly rows: number; readonly figures: readonly QueryFigures[] }[] = [];
try {
  for (const size of sizes) {
    const folder = join(parent, `${size}-${seed}`);
    const loaded = await load(folder, size);
    printLoad(loaded, unmergedSegments);
    const figures = await measureQueries(folder, loaded, Number(options.rounds));
    process.stdout.write(`medians of ${options.rounds}, ${cpus().length} cores, Node ${process.versions.node}\n`);
    printFigures(figures);
    curve.push({ rows: size, figures });
    if (options.keep === undefined) rmSync(folder, { recursive: true });
  }
  if (curve.length > 1) printGrowth(curve);
} finally {
  if (options.keep === undefined) rmSync(parent, { recursive: true });
}
if (curve.some(({ figures }) => figures.some(({ refused }) => refused.length > 0))) process.exitCode = 1;

function growthSizes(rowsMax: number): readonly number[] {
  const sizes: number[] = [];
  for (let size = growthRowsMin; size < rowsMax; size *= 10) sizes.push(size);
  return sizes;
}

/** Loads in a process of its own, so that its memory is not that of the queries. A kept folder is loaded once. */
async function load(folder: string, size: number): Promise<LoadedEvents> {
  const note = join(folder, 'loaded.json');
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as LoadedEvents;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { stdout } = await execute(process.execPath, [loadScript, folder, String(size), String(seed)]);
  writeFileSync(note, stdout);
  return JSON.parse(stdout) as LoadedEvents;
}
