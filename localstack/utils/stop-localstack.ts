import type { HomeFolder } from './home-folder.ts';
import { type RunRecord, readRunRecord, runsStill } from './run-record.ts';
import { dockerRunsStill, endDockerRun } from './start-docker.ts';
import { endHostRun } from './stop-host.ts';

/**
 * Stops the LocalStack that was started on a port with these scripts, by whichever process; one that was started
 * otherwise is left alone.
 * @returns what there was: one that ran, one that had ended without being stopped, or nothing
 * @throws when something would not end
 */
export async function stopLocalStack(home: HomeFolder, port: number): Promise<'stopped' | 'had ended' | 'none'> {
  const record = await readRunRecord(home, port);
  if (record === undefined) return 'none';
  const ran = await isRunning(record);
  await endRun(home, record);
  return ran ? 'stopped' : 'had ended';
}

/** Whether the LocalStack of a record still runs: not only something under its process id. */
export async function isRunning(record: RunRecord): Promise<boolean> {
  return record.mode === 'host' ? runsStill(record) : await dockerRunsStill(record);
}

/** Ends one run with all that it started. */
export async function endRun(home: HomeFolder, record: RunRecord): Promise<void> {
  await (record.mode === 'host' ? endHostRun(home, record) : endDockerRun(home, record));
}
