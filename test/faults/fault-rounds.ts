import { boundaries } from './boundaries.ts';
import { makeFaultTable } from './fault-table.ts';
import { planKills, runPlan } from './kill-rounds.ts';
import { otherRounds } from './other-rounds.ts';

/** Of the other faults, one life for so many kills at boundaries: six in the full form. */
const killsPerLife = 36;
/** Processes under test at a time: one for a core. */
const lanes = 2;

export interface FaultRun {
  /** Over all boundaries, at least. */
  readonly kills: number;
  readonly seed: number;
  /** Only lines whose name has this in it. */
  readonly only?: string;
  /** Told of each step. */
  readonly say?: (text: string) => void;
}

/** Runs all that there is to run. @returns the table, and what is wrong, in words */
export async function runFaults({ kills, seed, only = '', say = () => {} }: FaultRun): Promise<{
  readonly table: string;
  readonly problems: readonly string[];
}> {
  const table = makeFaultTable();
  const chosen = boundaries.filter(({ name }) => name.includes(only));
  for (const { name } of chosen) table.line(name);
  const jobs = planKills(chosen, kills, mulberry32(seed)).map((plan) => () => runPlan(plan, table, say));
  const lives = Math.max(1, Math.ceil(kills / killsPerLife));
  for (const { line, run } of otherRounds.filter((round) => round.line.includes(only))) {
    jobs.push(async () => {
      const startedAt = performance.now();
      await run(line, table, lives);
      say(`${line}: ${Math.round(performance.now() - startedAt)} ms`);
    });
  }
  const lane = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job().catch(table.fail);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { table: table.print(), problems: table.problems() };
}

/** A small generator of numbers in [0, 1), the same for a seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
