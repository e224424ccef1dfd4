import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPosts, type Findings } from './check.ts';
import { checkAllFacts } from './check-facts.ts';
import { type FaultyLaunch, type FaultyProcess, startFaulty } from './faulty-process.ts';
import { type Ledger, newLedger, retryOpen } from './load.ts';
import { type FaultPlace, HostGone, makePlace, openSession, type Session } from './session.ts';

/** Tells what was found of the posts that a line's load sent, once they were checked. */
export type OnChecked = (line: string, findings: Findings) => void;

/** One data folder and what its users know of it, over many lives of the process. */
export interface FaultFolder {
  readonly dataDir: string;
  readonly ledger: Ledger;
  /**
   * Starts the next life, with a clock that is a little later than the last one's, unless the setup says otherwise.
   * @returns undefined when it was killed before it listened
   */
  start(options?: LifeOptions): Promise<Session | undefined>;
  /** Which life it is: the first is 1. */
  life(): number;
  /** From now on posts are this line's. */
  begin(line: string): void;
  /**
   * Gets answers to what has none, and checks all posts that were not checked before.
   * @returns false when the host went meanwhile: the next life checks them
   */
  recover(session: Session): Promise<boolean>;
  /** Lives since the last one that was made good: each counts as a try of what was being written. */
  livesUnchecked(): number;
  /** A life that makes the last one good and takes no load. */
  settle(): Promise<void>;
  /** Checks what is left and the folder as a whole, and removes it. @returns what is wrong with it, in words */
  finish(): Promise<readonly string[]>;
}

export interface LifeOptions extends Pick<FaultyLaunch, 'setup' | 'killAfterMs' | 'through'> {
  /** By how much the clock is later than that of the life before; by default longer than a dead try holds its key. */
  readonly laterMs?: number;
}

/** Longer than `idempotencyHeldMs`, so that keys of requests that died with the last life need not be waited for. */
const laterMsDefault = 31_000;
/** How long a host that broke a connection may take to be seen gone. */
const goneMsMax = 10_000;

export async function openFaultFolder(
  onChecked: OnChecked,
  /** The folder, and what starts a host in it; by default a new one below the temporary folder. */
  on: { readonly dataDir?: string; readonly through?: readonly string[] } = {},
): Promise<FaultFolder> {
  const dataDir = on.dataDir ?? (await mkdtemp(join(tmpdir(), 'headgate-faults-')));
  const where = { dataDir, ...(on.through && { through: on.through }) };
  const ledger = newLedger();
  let clockMs = 0;
  let place: FaultPlace | undefined;
  let life = 0;
  let checked = 0;
  let line = '';
  let unchecked = 0;

  async function makePlaceOnce(): Promise<FaultPlace> {
    if (place) return place;
    const host = (await startFaulty(where))!;
    place = await makePlace(host);
    await host.kill();
    return place;
  }

  /**
   * A life that makes the last one good and takes no load. By a clock that was set back: so it removes no files of replaced
   * segments, at whose removal a later life is to die.
   */
  async function quietLife<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = (await folder.start({ setup: { clock: { offsetsMs: [0], stepMs: 1 } } }))!;
    try {
      if (!(await folder.recover(session))) throw new Error('the host ended by itself');
      return await work(session);
    } finally {
      await session.host.kill();
    }
  }

  const folder: FaultFolder = {
    dataDir,
    ledger,
    life: () => life,
    livesUnchecked: () => unchecked,
    async start({ laterMs = laterMsDefault, setup, killAfterMs, through } = {}) {
      const made = await makePlaceOnce();
      life += 1;
      unchecked += 1;
      clockMs += laterMs;
      const host = await startFaulty({
        ...where,
        ...(through && { through }),
        ...(killAfterMs !== undefined && { killAfterMs }),
        setup: { clock: { offsetsMs: [clockMs], stepMs: 1 }, ...setup },
      });
      return host && openSession(host, made);
    },
    begin(next) {
      line = next;
    },
    async recover(session) {
      try {
        await retryOpen(session, ledger);
        const upTo = ledger.posts.length;
        const findings = upTo > checked ? await checkPosts(session, ledger, checked) : undefined;
        checked = upTo;
        unchecked = 0;
        if (findings) onChecked(line, findings);
        return true;
      } catch (error) {
        if (error instanceof HostGone || (await goes(session.host))) return false;
        throw error;
      }
    },
    settle: () => quietLife(async () => {}),
    async finish() {
      const problems = await quietLife(async (session) =>
        checkAllFacts(await session.api(), session.place, ledger.posts),
      );
      await rm(dataDir, { recursive: true, force: true });
      return problems;
    },
  };
  return folder;
}

/** Whether the host is gone, or is about to be. */
async function goes({ ended, isGone }: FaultyProcess): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, goneMsMax);
  });
  await Promise.race([ended, late]);
  clearTimeout(timer);
  return isGone();
}
