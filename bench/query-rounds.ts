import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../lambdas/domain/problem.ts';
import { residentMegabytes } from './ingest-targets.ts';
import { pointRow, type QueryCase, queryCases } from './query-cases.ts';
import type { LoadedEvents } from './query-load.ts';
import { openTargets, type QueryTarget } from './query-targets.ts';

type TargetName = QueryTarget['name'];

/** Between two questions: the product opens the engine of the next query meanwhile, which is nobody's time to be charged. */
const pauseMs = 40;

/** What one case took: the median of the rounds. */
export interface QueryFigures {
  readonly query: QueryCase;
  /** Absent where the product refused the query. */
  readonly ms: Readonly<Partial<Record<TargetName, number>>>;
  /** Memory of this process at its highest while the target answered; Linux only. */
  readonly peakMegabytes: Readonly<Partial<Record<TargetName, number>>>;
  /** Why, for each target that refused. */
  readonly refused: readonly string[];
}

/**
 * Asks every case of every target, `rounds` times after one round that only warms up.
 * @throws when two targets answer differently
 */
export async function measureQueries(folder: string, loaded: LoadedEvents, rounds: number): Promise<QueryFigures[]> {
  const { rows, seed } = loaded;
  const { targets, close } = await openTargets(folder, loaded);
  try {
    const all: QueryFigures[] = [];
    for (const query of queryCases(rows, seed)) all.push(await measure(query, targets, rounds));
    const point = queryCases(rows, seed).find(({ language }) => language === 'row')!;
    for (const target of targets) expectSame(point, target, await target.ask(point), [pointRow(rows, seed)]);
    return all;
  } finally {
    await close();
  }
}

async function measure(query: QueryCase, targets: readonly QueryTarget[], rounds: number): Promise<QueryFigures> {
  const times = new Map<TargetName, number[]>(targets.map(({ name }) => [name, []]));
  const peaks = new Map<TargetName, number>();
  const refused = new Map<TargetName, string>();
  const peer = targets.at(-1)!;
  const expected = await peer.ask(query);
  for (let round = 0; round <= rounds; round++) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      if (refused.has(target.name)) continue;
      await setTimeout(pauseMs);
      forgetPeak();
      const startedAt = performance.now();
      const answer = await target.ask(query).catch((error: unknown) => refusalOf(error));
      const ms = performance.now() - startedAt;
      const peak = (await residentMegabytes(process.pid))?.peak ?? 0;
      peaks.set(target.name, Math.max(peak, peaks.get(target.name) ?? 0));
      if (typeof answer === 'string') refused.set(target.name, answer);
      else {
        expectSame(query, target, answer, expected);
        if (round > 0) times.get(target.name)!.push(ms);
      }
    }
  }
  return {
    query,
    ms: Object.fromEntries([...times].flatMap(([name, all]) => (all.length > 0 ? [[name, median(all)]] : []))),
    peakMegabytes: Object.fromEntries(peaks),
    refused: [...refused].map(([name, message]) => `${query.name}, ${name}: ${message}`),
  };
}

/** A limit that was reached is a result of the benchmark; anything else is not. */
function refusalOf(error: unknown): string {
  if (error instanceof Problem && error.kind === 'limit_exceeded') return error.message;
  throw error;
}

function expectSame(query: QueryCase, target: QueryTarget, answer: unknown, expected: unknown): void {
  if (isDeepStrictEqual(answer, expected)) return;
  const shown = (value: unknown) => JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}` : part));
  const [got, want] = [answer, expected].map((value) => shown(value).slice(0, 500));
  throw new Error(`${query.name}: ${target.name} answers ${got}, and should answer ${want}`);
}

/** Linux forgets the highest memory of a process that writes this; elsewhere there is none to forget. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Peaks are then those since the start.
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
