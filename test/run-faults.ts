/**
 * `npm run test:faults -- [--kills N] [--seed N] [--only PART]`: kills the embedded process at every stage boundary under
 * load (at least 200 kills over all of them, unless told otherwise), then tears files, fills the disk, delivers twice,
 * lets the clock jump and cuts answers off, and prints what became of every record. Exits with 1 unless acknowledged =
 * visible = distinct, with nothing lost and nothing doubled. `--only` takes a part of a line's name.
 */
import { parseArgs } from 'node:util';
import { runFaults } from './faults/fault-rounds.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
  },
});
const startedAt = performance.now();
const { table, problems } = await runFaults({
  kills: Number(values.kills),
  seed: Number(values.seed),
  only: values.only,
  say: (text) => void process.stderr.write(`${text}\n`),
});
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
process.stdout.write(`\n${table}\nseed ${values.seed}, ${minutes} minutes\n`);
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
