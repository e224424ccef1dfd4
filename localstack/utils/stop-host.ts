import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../../test/support/wait-until.ts';
import type { HomeFolder } from './home-folder.ts';
import { runCommand } from './run-command.ts';
import { markEnded, type RunRecord, runFolder, runsStill } from './run-record.ts';

/** LocalStack takes 5 to 8 s to end. */
const politeMsMax = 20_000;
const killMsMax = 10_000;

/**
 * Ends the LocalStack of a record with all that it started, and removes what it stored; its logs stay. A record whose
 * process has ended, or is another one by now, costs only what that run may have left behind.
 * @throws when something would not end
 */
export async function endHostRun(home: HomeFolder, record: RunRecord): Promise<void> {
  if (runsStill(record)) await endProcess(record);
  const left = await hostProcesses(home, record.runId, 'kill');
  if (left.length > 0) throw new Error(`processes of LocalStack would not end: ${left.join(', ')}`);
  await waitUntil(
    'all processes of LocalStack are gone',
    async () => ((await hostProcesses(home, record.runId, 'list')).length === 0 ? true : undefined),
    killMsMax,
  );
  const folder = runFolder(home, record.port);
  for (const name of ['root', 'tmp', 'config', 'environments']) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
  await markEnded(home, record.port);
}

/**
 * Ids of the processes of one run, found by the variable that they all inherit.
 * @param verb `kill` ends them first, and gives those that would not
 */
export async function hostProcesses(home: HomeFolder, runId: string, verb: 'list' | 'kill'): Promise<number[]> {
  const output = await runCommand(
    'Looking for processes of LocalStack',
    home.python,
    ['-I', '-m', 'headgate_localstack.run_processes', verb, runId],
    { timeoutMs: 30_000 },
  );
  return output.split('\n').flatMap((line) => (/^\d+$/.test(line) ? [Number(line)] : []));
}

async function endProcess(record: RunRecord): Promise<void> {
  const pid = record.pid!;
  const gone = (timeoutMs: number) =>
    waitUntil('LocalStack has ended', async () => (runsStill(record) ? undefined : true), timeoutMs).then(
      () => true,
      () => false,
    );
  signal(pid, 'SIGTERM');
  if (await gone(politeMsMax)) return;
  signal(-pid, 'SIGKILL');
  if (!(await gone(killMsMax))) throw new Error(`LocalStack (process ${pid}) would not end`);
}

/** It may have ended in between. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
