import { waitUntil } from '../support/wait-until.ts';
import { type FaultFolder, openFaultFolder } from './fault-folder.ts';
import { redelivered } from './fault-parts.ts';
import type { ClockJumps, FaultSetup } from './fault-setup.ts';
import type { FaultTable } from './fault-table.ts';
import type { FaultyProcess } from './faulty-process.ts';
import { loadLife } from './load-lives.ts';
import type { Session } from './session.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';
import { leaveTornFiles, segmentFilesIn } from './torn-files.ts';

/** Faults that are no kill at a boundary, each a line of the table. */
export interface OtherRound {
  readonly line: string;
  /** @param lives how often the process is loaded and killed */
  run(line: string, table: FaultTable, lives: number): Promise<void>;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Answers that each life gives before it is killed. */
const answersPerLife = 60;
/** Megabytes of the disk that is filled: some lives' data, and room for what starts. */
const diskMegabytes = 64;
/** Refusals that a life must give while there is no room. */
const refusalsMin = 10;
/** Largest file in the 512-byte blocks of `ulimit`: 2 MB, less than the log of the main database comes to. */
const fileBlocksMax = 4_096;

/** Clocks of lives one after the other, and how each jumps while it takes its load. */
const clocks: readonly ClockJumps[] = [
  { offsetsMs: [0], stepMs: 1 },
  { offsetsMs: [-5 * hourMs, 3 * hourMs], stepMs: 250 },
  { offsetsMs: [3 * dayMs], stepMs: 1 },
  { offsetsMs: [-7 * hourMs, 2 * dayMs, 0], stepMs: 400 },
  { offsetsMs: [-dayMs], stepMs: 1 },
  { offsetsMs: [20 * dayMs, -2 * hourMs], stepMs: 150 },
];

export const otherRounds: readonly OtherRound[] = [
  { line: 'torn and short files', run: withTornFiles },
  { line: 'full disk', run: withFullDisk },
  { line: 'files at their size limit', run: withFileLimit },
  { line: 'redelivery while the first goes on', run: withRedelivery },
  { line: 'clock: hours back, days ahead', run: withJumps },
  { line: 'answers cut off, then a retry', run: withCutAnswers },
];

async function inFolder(line: string, table: FaultTable, work: (folder: FaultFolder) => Promise<void>): Promise<void> {
  const folder = await openFaultFolder(table.add);
  await work(folder);
  table.line(line).problems.push(...(await folder.finish()));
}

function withTornFiles(line: string, table: FaultTable, lives: number): Promise<void> {
  return inFolder(line, table, async (folder) => {
    // Something to tear: a first life that is let live until it has written segments.
    const hasWritten = async () => (await segmentFilesIn(folder.dataDir)).length > 0 || undefined;
    await loadLife(folder, {
      line,
      answers: answersPerLife,
      onEnd: () => waitUntil('segments are stored', hasWritten),
    });
    for (let life = 0; life < lives; life++) {
      const torn = await leaveTornFiles(folder.dataDir);
      const onLoad = () => {
        const left = torn.left().length;
        if (left > 0) table.line(line).problems.push(`${left} files that were being made outlived a start`);
      };
      await loadLife(folder, { line, answers: answersPerLife, onLoad });
      table.line(line).kills += 1;
    }
  });
}

/** Full amid the load; then room again amid the load, or, in every other life, only after a kill. */
async function withFullDisk(line: string, table: FaultTable, lives: number): Promise<void> {
  const disk = await openSmallDisk(diskMegabytes);
  if (typeof disk === 'string') return table.skip(line, disk);
  try {
    const folder = await openFaultFolder(table.add, disk);
    for (let life = 0; life < lives; life++) {
      await fillOnce(folder, disk, line, life % 2 === 0);
      table.line(line).kills += 1;
    }
    table.line(line).problems.push(...(await folder.finish()));
  } finally {
    await disk.close();
  }
}

async function fillOnce(folder: FaultFolder, disk: SmallDisk, line: string, isFreedAmidLoad: boolean): Promise<void> {
  let [refusals, answers, answersMin] = [0, 0, Number.POSITIVE_INFINITY];
  await loadLife(folder, {
    line,
    answers: Number.POSITIVE_INFINITY,
    onAnswer: (count) => {
      answers = count;
      if (answers === answersPerLife / 2) disk.fill();
    },
    onRefused: () => {
      refusals += 1;
      if (refusals !== refusalsMin || !isFreedAmidLoad) return;
      disk.free();
      answersMin = answers + answersPerLife / 2;
    },
    isOver: () => (isFreedAmidLoad ? answers >= answersMin : refusals >= refusalsMin),
  });
  disk.free();
}

/** Every write past the limit fails, in the midst of it; the next life has no limit. */
async function withFileLimit(line: string, table: FaultTable, lives: number): Promise<void> {
  const through = ['sh', '-c', `ulimit -f ${fileBlocksMax}; exec "$0" "$@"`];
  await inFolder(line, table, async (folder) => {
    for (let life = 0; life < lives; life++) {
      let refusals = 0;
      const onRefused = () => {
        refusals += 1;
      };
      const isOver = () => refusals >= refusalsMin;
      await loadLife(folder, { line, through, answers: Number.POSITIVE_INFINITY, onRefused, isOver });
      await loadLife(folder, { line, answers: answersPerLife });
      table.line(line).kills += 2;
    }
  });
}

/** Milliseconds between two posts of a client: a gap in the load, in which a second thread takes what comes again. */
const gapMs = 800;
/** Answers of a life with such gaps. */
const answersOfGaps = 32;
/** Each life has messages that come again while their first delivery goes on. */
function withRedelivery(line: string, table: FaultTable, lives: number): Promise<void> {
  const setup: FaultSetup = { leaseMs: 100, slowSegmentMs: 600 };
  return inFolder(line, table, async (folder) => {
    let host: FaultyProcess | undefined;
    for (let life = 0; life < lives; life++) {
      const onLoad = (session: Session) => {
        host = session.host;
      };
      await loadLife(folder, { line, setup, answers: answersOfGaps, pausedMs: gapMs, onLoad });
      if (!host!.printed().includes(redelivered)) table.line(line).problems.push('nothing was delivered again');
      table.line(line).kills += 1;
    }
  });
}

/** A life makes the last one good by a steady clock, because tokens end, and then has its clock jump. */
function withJumps(line: string, table: FaultTable, lives: number): Promise<void> {
  return inFolder(line, table, async (folder) => {
    for (let life = 0; life < lives; life++) {
      const jump = clocks[life % clocks.length]!;
      const clock = { offsetsMs: [jump.offsetsMs[0]!], stepMs: 1 };
      const onLoad = ({ host }: Session) => host.order({ jump });
      await loadLife(folder, { line, setup: { clock }, answers: answersPerLife * 2, onLoad });
      table.line(line).kills += 1;
    }
  });
}

function withCutAnswers(line: string, table: FaultTable, lives: number): Promise<void> {
  return inFolder(line, table, async (folder) => {
    for (let life = 0; life < lives; life++) {
      await loadLife(folder, { line, cutAnswers: true, answers: answersPerLife });
      table.line(line).kills += 1;
    }
  });
}
