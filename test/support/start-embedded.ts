import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One running product in a process of its own, with its own data folder. */
export interface Embedded {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly dataDir: string;
  readonly pid: number;
  /** All that it has printed so far, on both streams. */
  printed(): string;
  /** SIGKILL, as a power cut would: nothing is flushed or closed. Resolves when the process is gone; keeps the data. */
  kill(): Promise<void>;
  /** SIGTERM, then SIGKILL after 10 s. Removes the data folder if it was made here. */
  stop(): Promise<void>;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
const username = 'acceptance@example.com';
const password = 'correct-horse-battery-staple';
/** Milliseconds until the ready line: a start takes below 3 s; the rest is for machines that do other work. */
const readyMsMax = 60_000;
const stopMsMax = 10_000;

/**
 * Starts `bin/headgate.ts start` without the demo on a free port and waits for its ready line.
 * @param dataDir an existing data folder; a new one under the temporary folder otherwise
 * @param env variables of the product besides the first administrator's
 * @throws with what the process printed when it ends, or is not ready in time
 */
export async function startEmbedded(
  options: { readonly dataDir?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Embedded> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'headgate-test-')));
  const child = launch(dataDir, options.env);
  let printed = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const url = await readyUrl(child).catch(async (error: unknown) => {
    await end(child, 'SIGKILL');
    throw error;
  });
  return {
    url,
    username,
    password,
    dataDir,
    pid: child.pid!,
    printed: () => printed,
    kill: () => end(child, 'SIGKILL'),
    stop: async () => {
      await end(child, 'SIGTERM');
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts a product that is expected not to come up (a folder in use); gives its exit code and what it printed. */
export async function startRefused(
  dataDir: string,
  env?: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = launch(dataDir, env);
  try {
    const url = await readyUrl(child);
    return { code: null, output: `came up at ${url}` };
  } catch (error) {
    return { code: child.exitCode, output: (error as Error).message };
  } finally {
    await end(child, 'SIGKILL');
  }
}

function launch(dataDir: string, env: Readonly<Record<string, string>> = {}): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HEADGATE_'));
  return spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'bin/headgate.ts',
      'start',
      '--port',
      '0',
      '--data',
      dataDir,
      '--no-demo',
    ],
    {
      cwd: repository,
      env: { ...Object.fromEntries(inherited), HEADGATE_USERNAME: username, HEADGATE_PASSWORD: password, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => reject(new Error(`not ready in ${readyMsMax} ms:\n${printed}`)), readyMsMax);
    const onText = (text: string) => {
      printed = (printed + text).slice(-20_000);
      const url = /Headgate listening on (http:\/\/\S+)/.exec(printed)?.[1];
      if (url !== undefined) settle(() => resolve(url));
    };
    const settle = (then: () => void) => {
      clearTimeout(timer);
      then();
    };
    child.stdout!.setEncoding('utf8').on('data', onText);
    child.stderr!.setEncoding('utf8').on('data', onText);
    child.once('error', (error) => settle(() => reject(error)));
    child.once('close', (code) => settle(() => reject(new Error(`ended with code ${code} before ready:\n${printed}`))));
  });
}

function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill(signal);
  });
}
