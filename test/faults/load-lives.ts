import type { FaultFolder, LifeOptions } from './fault-folder.ts';
import { type LoadOptions, runLoad } from './load.ts';
import type { Session } from './session.ts';

/** A life whose load goes on until so many answers came, or for so long. */
export interface LoadedLife extends LifeOptions, Pick<LoadOptions, 'cutAnswers' | 'onRefused' | 'pausedMs'> {
  readonly line: string;
  readonly answers: number;
  /** Told before the load begins, once the last life was made good. */
  readonly onLoad?: (session: Session) => void;
  /** Waited for before the process is killed; without it, it is killed amid the load. */
  readonly onEnd?: () => Promise<unknown>;
  /** Told of each answer. */
  readonly onAnswer?: (answers: number) => void;
  /** The load is over then, whatever was answered. */
  readonly isOver?: () => boolean;
}

/** A load without an end would keep the whole run. */
const loadMsMax = 60_000;

/** One life that makes the last one good, takes a load, and is killed amid it. */
export async function loadLife(folder: FaultFolder, life: LoadedLife): Promise<void> {
  const session = await folder.start(life);
  if (!session) throw new Error(`the host was killed before it listened: ${life.line}`);
  try {
    if (!(await folder.recover(session))) throw new Error(`the host ended by itself: ${life.line}`);
    folder.begin(life.line);
    life.onLoad?.(session);
    await takeLoad(folder, session, life);
    await life.onEnd?.();
  } finally {
    await session.host.kill();
  }
}

async function takeLoad(folder: FaultFolder, session: Session, life: LoadedLife): Promise<void> {
  const deadline = performance.now() + loadMsMax;
  let isEnough = false;
  await runLoad(session, folder.ledger, {
    ...life,
    life: folder.life(),
    onAnswer: (answers) => {
      life.onAnswer?.(answers);
      if (answers < life.answers || isEnough) return;
      isEnough = true;
      if (!life.onEnd) void session.host.kill();
    },
    isOver: () => isEnough || life.isOver?.() === true || performance.now() > deadline,
  });
  if (performance.now() > deadline) throw new Error(`the load came to no end: ${life.line}\n${session.host.printed()}`);
}
