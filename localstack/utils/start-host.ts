import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { HomeFolder } from './home-folder.ts';
import { type HostRun, hostEnvironment } from './host-settings.ts';
import { processStart } from './process-start.ts';
import { lastLines } from './run-command.ts';
import { forgetOldRuns, type RunRecord, readRunRecords, runFolder, runsStill, writeRunRecord } from './run-record.ts';
import { type HostPrograms, type Say, setUpHost } from './set-up-host.ts';
import { endHostRun } from './stop-host.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/**
 * Starts LocalStack as processes of this machine and waits until it answers. Needs the home's lock.
 * @param tied whether it ends with this process, however this process ends
 * @throws MissingProgram, CommandFailed, or an Error with the end of LocalStack's log
 */
export async function startHost(home: HomeFolder, port: number, tied: boolean, say: Say): Promise<RunRecord> {
  requireNode24();
  const programs = await setUpHost(home, say);
  await endAbandonedRuns(home);
  await forgetOldRuns(home);
  const run = { home, folder: runFolder(home, port), runId: randomUUID(), port, node: process.execPath, tied };
  await prepareFolder(run, programs);
  const child = await launch(run, programs.python);
  const record = recordOf(run, child);
  try {
    await writeRunRecord(home, record);
    await waitUntilReady(`http://127.0.0.1:${port}`, {
      hasEnded: () => (hasEnded(child) ? `LocalStack ended with ${child.exitCode ?? child.signalCode}` : undefined),
    });
    return record;
  } catch (error) {
    const log = await readFile(hostLog(run.folder), 'utf8').catch(() => '');
    await endHostRun(home, record);
    throw new Error(`LocalStack did not start: ${(error as Error).message}\n${lastLines(log)}`, { cause: error });
  }
}

/** Clears up after runs whose LocalStack was killed. */
async function endAbandonedRuns(home: HomeFolder): Promise<void> {
  for (const record of await readRunRecords(home)) {
    if (record.mode === 'host' && !runsStill(record)) await endHostRun(home, record);
  }
}

/** LocalStack's own log. */
export function hostLog(folder: string): string {
  return join(folder, 'localstack.log');
}

/** One log file a function; `headgate_localstack/settings.py` names the folder too. */
export function functionLogs(folder: string): string {
  return join(folder, 'functions');
}

function requireNode24(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24) {
    throw new Error(`functions are for Node 24 and would run on this ${process.version}: start through npm run`);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function recordOf({ runId, port }: HostRun, { pid }: ChildProcess): RunRecord {
  const start = pid === undefined ? undefined : processStart(pid);
  if (pid === undefined || start === undefined) throw new Error('LocalStack could not be started');
  return { runId, mode: 'host', port, startedAt: new Date().toISOString(), pid, processStart: start };
}

/**
 * A fresh folder in which LocalStack finds DynamoDB Local and a Java where it would else put its own downloads. The run
 * before it on the same port has ended, or the port would not be free.
 */
async function prepareFolder({ home, folder }: HostRun, { java }: HostPrograms): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const lib = join(folder, 'root', 'var', 'lib', 'localstack', 'lib');
  const javaHome = join(lib, 'java', '21', ...(process.platform === 'darwin' ? ['Contents', 'Home'] : []));
  const folders = ['tmp', 'config', 'environments', 'functions'].map((name) => join(folder, name));
  for (const path of [...folders, join(lib, 'dynamodb-local'), join(javaHome, 'bin')]) {
    await mkdir(path, { recursive: true });
  }
  // Functions run from below; without it, the package of the repository above would make ES modules of their .js files.
  await writeFile(join(folder, 'package.json'), '{}');
  await symlink(home.dynamoDb, join(lib, 'dynamodb-local', '2'));
  await writeFile(join(javaHome, 'bin', 'java'), javaWrapper(java));
  await chmod(join(javaHome, 'bin', 'java'), 0o755);
}

/** Leaves out the agent that LocalStack would have downloaded: it lifts a limit of 20 indexes. */
function javaWrapper(java: string): string {
  const quoted = `'${java.replaceAll("'", "'\\''")}'`;
  return `#!/bin/sh
for argument; do
  shift
  case $argument in
    -javaagent:*) ;;
    *) set -- "$@" "$argument" ;;
  esac
done
exec ${quoted} -XX:+UseSerialGC "$@"
`;
}

/** In a session of its own: a Ctrl-C in the terminal is no order to LocalStack. */
async function launch(run: HostRun, python: string): Promise<ChildProcess> {
  const log = await open(hostLog(run.folder), 'a');
  try {
    const child = spawn(python, ['-m', 'localstack.runtime.main'], {
      cwd: run.folder,
      env: hostEnvironment(run),
      detached: true,
      stdio: [run.tied ? 'pipe' : 'ignore', log.fd, log.fd],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    // Neither the process nor its pipe keeps this one alive; the pipe closes when this one ends.
    child.unref();
    (child.stdin as Socket | null)?.on('error', () => {}).unref();
    return child;
  } finally {
    await log.close();
  }
}
