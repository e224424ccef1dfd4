import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of few megabytes, which can be filled to the last byte. */
export interface SmallDisk {
  /** The folder as processes that are started `through` it see it. */
  readonly dataDir: string;
  /** Program and arguments that run a command line where the disk is. */
  readonly through: readonly string[];
  /** Takes all room that is left. */
  fill(): void;
  /** Gives the room back. */
  free(): void;
  close(): Promise<void>;
}

const chunk = Buffer.alloc(65_536);

/**
 * Makes a disk in memory, seen only by a namespace of its own, so that no right of an administrator is needed and nothing
 * is left behind.
 * @returns in words, why this machine has none
 */
export async function openSmallDisk(megabytes: number): Promise<SmallDisk | string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'headgate-disk-'));
  const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && echo mounted && exec sleep 86400`;
  const holder = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [holder.stdout, holder.stderr]) stream.setEncoding('utf8').on('data', (text) => said.push(text));
  const ended = once(holder, 'close').catch((error: Error) => void said.push(error.message));
  await Promise.race([ended, once(holder.stdout, 'data').catch(() => {})]);
  if (!said.join('').includes('mounted')) {
    await rm(dataDir, { recursive: true });
    return `no file system can be mounted here (${said.join(' ').trim()})`;
  }
  const ballast = join(`/proc/${holder.pid}/root`, dataDir, 'ballast');
  return {
    dataDir,
    through: ['nsenter', `--target=${holder.pid}`, '--user', '--mount', '--preserve-credentials'],
    fill: () => fillBy(ballast),
    free: () => rmSync(ballast, { force: true }),
    async close() {
      holder.kill('SIGKILL');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function fillBy(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (let bytes = chunk.length; bytes > 0; ) {
      try {
        if (writeSync(file, chunk, 0, bytes) === 0) break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        bytes = Math.floor(bytes / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}
