import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 100;

/**
 * Does `work` while no other process works on the same home folder: two test files may want LocalStack at once. The lock
 * is an open transaction, which the operating system gives up when a process dies.
 * @throws when it is not to be had within `timeoutMs`
 */
export async function withHomeLock<T>(home: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  await mkdir(home, { recursive: true });
  const lock = new DatabaseSync(join(home, 'lock.db'), { timeout: 0 });
  try {
    await begin(lock, home, timeoutMs);
    return await work();
  } finally {
    lock.close();
  }
}

async function begin(lock: DatabaseSync, home: string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${home} is in use by another start`, { cause: error });
      await pause(pauseMs);
    }
  }
}
