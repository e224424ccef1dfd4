import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AcceptanceTarget } from '../support/acceptance-target.ts';
import { diesAt } from './fault-parts.ts';
import {
  type DepthAnswer,
  type FaultOrder,
  type FaultSetup,
  faultEnvironment,
  type ThreadOrder,
} from './fault-setup.ts';

/** A host under test in a process of its own. */
export interface FaultyProcess extends Pick<AcceptanceTarget, 'url' | 'username' | 'password'> {
  readonly pid: number;
  /** Resolves once it is gone, however it ended. */
  readonly ended: Promise<void>;
  isGone(): boolean;
  /** From now on it dies at that crossing, or has its clock jump. */
  order(order: ThreadOrder): void;
  /** Messages in the queue and in the dead letters; undefined once it is gone. */
  depth(): Promise<number | undefined>;
  /** SIGKILL; resolves once it is gone. */
  kill(): Promise<void>;
  /** Whether it ended itself at that boundary. */
  diedAt(boundary: string): boolean;
  /** The last that it printed. */
  printed(): string;
}

export interface FaultyLaunch {
  readonly dataDir: string;
  readonly setup?: FaultSetup;
  /** Program and arguments that run the host's command line, which follows. */
  readonly through?: readonly string[];
  /** Ends it so many milliseconds after it was started. */
  readonly killAfterMs?: number;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
const program = join(import.meta.dirname, 'killing-host.ts');
const username = 'faults@example.com';
const password = 'correct-horse-battery-staple';
/** Milliseconds until the ready line, also on a machine that does other work. */
const readyMsMax = 60_000;
/** Characters of what it printed that are kept: it logs a line for each failure that it is made to have. */
const printedMax = 20_000;

/**
 * Starts a host and waits until it listens.
 * @returns undefined when it was killed before it did, as its setup or `killAfterMs` had it
 * @throws with what it printed when it ended otherwise
 */
export async function startFaulty({
  dataDir,
  setup = {},
  through = [],
  killAfterMs,
}: FaultyLaunch): Promise<FaultyProcess | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HEADGATE_'));
  const [command, ...args] = [...through, process.execPath, '--disable-warning=ExperimentalWarning', program, dataDir];
  const child = spawn(command!, args, {
    cwd: repository,
    env: {
      ...Object.fromEntries(inherited),
      ...faultEnvironment(setup),
      HEADGATE_USERNAME: username,
      HEADGATE_PASSWORD: password,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'close').then(() => undefined);
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const { url, printed } = await readyUrl(child);
  if (timer) void ended.then(() => clearTimeout(timer));
  if (url === undefined) {
    await ended;
    if (child.signalCode === 'SIGKILL') return undefined;
    throw new Error(`the host ended with ${child.signalCode ?? child.exitCode} before it was ready:\n${printed()}`);
  }
  return {
    ...{ url, username, password, pid: child.pid!, ended, printed },
    isGone: () => hasEnded(child),
    order: (message) => order(child, message),
    depth: makeDepth(child, ended),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    diedAt: (boundary) => printed().includes(diesAt(boundary)),
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function order(child: ChildProcess, message: FaultOrder): void {
  // It may die at any moment; what follows notices.
  if (child.connected) child.send(message, () => {});
}

function makeDepth(child: ChildProcess, ended: Promise<void>): () => Promise<number | undefined> {
  let last = 0;
  return async () => {
    last += 1;
    const id = last;
    const answer = new Promise<number>((resolve) => {
      const listen = (message: DepthAnswer) => {
        if (message.id !== id) return;
        child.off('message', listen);
        resolve(message.depth);
      };
      child.on('message', listen);
    });
    order(child, { ask: 'depth', id });
    return Promise.race([answer, ended]).then((depth) => depth ?? undefined);
  };
}

function readyUrl(child: ChildProcess): Promise<{ readonly url: string | undefined; readonly printed: () => string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    const printed = () => text;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not ready in ${readyMsMax} ms:\n${text}`));
    }, readyMsMax);
    const settle = (url: string | undefined) => {
      clearTimeout(timer);
      resolve({ url, printed });
    };
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text = (text + chunk).slice(-printedMax);
        const url = /Headgate listening on (http:\/\/\S+)/.exec(text)?.[1];
        if (url !== undefined) settle(url);
      });
    }
    child.once('error', reject);
    child.once('close', () => settle(undefined));
  });
}
