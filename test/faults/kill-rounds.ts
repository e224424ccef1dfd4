import type { Boundary } from './boundaries.ts';
import { type FaultFolder, openFaultFolder } from './fault-folder.ts';
import type { ArmedKill } from './fault-setup.ts';
import type { FaultTable } from './fault-table.ts';
import { runLoad } from './load.ts';
import type { Session } from './session.ts';

/** One kill that is to be done. */
export interface PlannedKill {
  readonly boundary: Boundary;
  readonly crossing: number;
  /** Answers after which it is armed, so that it comes amid the load. */
  readonly answersBefore: number;
  /**
   * Armed from the start, so that it may come while the life before is made good. Compaction is always: a start looks
   * at all tables, and what it does then it need not do again.
   */
  readonly recovering: boolean;
  /** For a kill at no boundary: how long after the start or the first request. */
  readonly afterMs: number;
}

/** Folders that the kills are shared out to. */
const folders = 2;
/** Answers of a life after which it may die at the latest: some seconds' worth for a reader, few for the checks. */
const answersBeforeMax = 60;
/**
 * Lives in a row that may end before the last one was made good. A batch that was being written in five of them would be
 * taken for one that cannot be written (`batchReceivesMax`), and be buried.
 */
const uncheckedMax = 3;
/** Kills of a plan that may go wrong before it is given up: the table is to show the others. */
const failuresMax = 5;
/** A boundary that the load does not reach in this time is one that is not there. */
const reachedMsMax = 180_000;
/** Longest time to a kill at any moment, from the first request; and from the start of a process that is to recover. */
const momentMsMax = 600;
const startMsMax = 1_200;
/** By how much the clock is later where the files of replaced segments are to be removed: longer than their grace. */
const pastGraceMs = 181_000;

/** At least `kills` kills: each boundary as often as the others. Rare ones are done together: they need a longer load. */
export function planKills(
  chosen: readonly Boundary[],
  kills: number,
  random: () => number,
): readonly (readonly PlannedKill[])[] {
  const plans: PlannedKill[][] = Array.from({ length: folders }, () => []);
  const rounds = chosen.length === 0 ? 0 : Math.ceil(kills / chosen.length);
  for (let round = 0; round < rounds; round++) {
    for (const [i, boundary] of chosen.entries()) {
      const isRare = boundary.needs !== undefined;
      plans[(round + (isRare ? 1 : 0)) % folders]!.push({
        boundary,
        answersBefore: Math.floor(random() * answersBeforeMax),
        crossing: 1 + Math.floor(random() * boundary.crossingsMax),
        recovering:
          boundary.needs === 'compaction' || (boundary.needs === 'poison' ? (i + round) % 2 === 1 : round % 3 === 2),
        afterMs: Math.floor(random() * (boundary.by === 'start' ? startMsMax : momentMsMax)),
      });
    }
  }
  return plans;
}

/** Kills the process of one folder as planned, and counts in `table` what became of the records. */
export async function runPlan(
  plan: readonly PlannedKill[],
  table: FaultTable,
  say: (text: string) => void,
): Promise<void> {
  if (plan.length === 0) return;
  const folder = await openFaultFolder(table.add);
  let failures = 0;
  for (const [i, kill] of plan.entries()) {
    const startedAt = performance.now();
    if (folder.livesUnchecked() >= uncheckedMax) await folder.settle();
    const line = table.line(kill.boundary.name);
    try {
      await killOnce(folder, kill);
      line.kills += 1;
    } catch (error) {
      line.problems.push((error as Error).message);
      failures += 1;
      if (failures === failuresMax) throw new Error(`given up; the data stay in ${folder.dataDir}`, { cause: error });
    }
    say(`${i + 1}/${plan.length} ${kill.boundary.name}: ${Math.round(performance.now() - startedAt)} ms`);
  }
  table.line('all folders, as a whole').problems.push(...(await folder.finish()));
}

/** One life of the process: it makes the last one good, takes load, and dies as planned. */
async function killOnce(folder: FaultFolder, kill: PlannedKill): Promise<void> {
  const { boundary, crossing, recovering, afterMs } = kill;
  const armed = { boundary: boundary.name, crossing };
  const isArmedAtStart = recovering && boundary.by === 'call';
  const session = await folder.start({
    ...(isArmedAtStart && { setup: { armed } }),
    ...(boundary.needs === 'compaction' && { laterMs: pastGraceMs }),
    ...(boundary.by === 'start' && { killAfterMs: afterMs }),
  });
  if (!session) return;
  const { host } = session;
  if (boundary.by === 'start') return host.ended;
  try {
    if (await folder.recover(session)) {
      folder.begin(boundary.name);
      await loadUntilKilled(folder, session, kill, isArmedAtStart ? undefined : armed);
    }
  } catch (error) {
    await host.kill();
    throw error;
  }
  await host.ended;
  if (boundary.by === 'call' && !host.diedAt(boundary.name))
    throw new Error(`the host died elsewhere than ${boundary.name}:\n${host.printed()}`);
}

async function loadUntilKilled(
  folder: FaultFolder,
  session: Session,
  { boundary, crossing, answersBefore, afterMs }: PlannedKill,
  armed: ArmedKill | undefined,
): Promise<void> {
  const { host } = session;
  const deadline = performance.now() + reachedMsMax;
  let moment: NodeJS.Timeout | undefined;
  if (boundary.by === 'moment') moment = setTimeout(() => void host.kill(), afterMs);
  await runLoad(session, folder.ledger, {
    life: folder.life(),
    poison: boundary.needs === 'poison',
    isOver: () => performance.now() > deadline,
    onAnswer: (answers) => {
      if (boundary.by === 'answer' && answers === answersBefore + crossing) void host.kill();
      if (boundary.by === 'call' && answers === answersBefore + 1 && armed) host.order({ arm: armed });
    },
  });
  clearTimeout(moment);
  if (host.isGone()) return;
  await host.kill();
  throw new Error(`${boundary.name} was not reached in ${reachedMsMax} ms of load:\n${host.printed()}`);
}
