import { askedMode, chooseMode } from './choose-mode.ts';
import { clientEnvironment } from './client-environment.ts';
import { docker } from './docker-command.ts';
import { type HomeFolder, homeFolder } from './home-folder.ts';
import { withHomeLock } from './home-lock.ts';
import type { PlaceMode, RunningLocalStack } from './place.ts';
import { freePort, requireFreePort } from './ports.ts';
import { type RunRecord, runFolder } from './run-record.ts';
import type { Say } from './set-up-host.ts';
import { startDocker } from './start-docker.ts';
import { functionLogs, hostLog, startHost } from './start-host.ts';
import { endRun } from './stop-localstack.ts';

export interface StartOptions {
  /** Without it: `HEADGATE_LOCALSTACK_MODE`, or what the machine has. */
  readonly mode?: PlaceMode;
  /** Without it: any free one. */
  readonly port?: number;
  /** Host mode: whether LocalStack goes on when this process ends. Off, so that a test run leaves nothing behind. */
  readonly outlives?: boolean;
  /** Hears what is going on; by default it is printed to standard error. */
  readonly say?: Say;
}

/** Another start may be installing LocalStack for the first time. */
const lockMsMax = 900_000;

/**
 * Starts a LocalStack and waits until it answers: in Docker if there is a running engine and the images can be had, else
 * as processes of this machine, which installs it first if need be.
 * @throws PortTaken, MissingProgram, CommandFailed, or an Error with the end of LocalStack's log
 */
export async function startLocalStack(options: StartOptions = {}): Promise<RunningLocalStack> {
  const { outlives = false, say = (line) => void process.stderr.write(`${line}\n`) } = options;
  const home = homeFolder();
  if (options.port !== undefined) await requireFreePort(options.port);
  const { mode, why } = await chooseMode(options.mode ?? askedMode(), docker);
  return withHomeLock(home.path, lockMsMax, async () => {
    const port = options.port ?? (await freePort());
    await requireFreePort(port);
    say(`Starting LocalStack on port ${port}, ${mode === 'docker' ? 'in Docker' : 'without Docker'}: ${why}`);
    const record = mode === 'docker' ? await startDocker(home, port) : await startHost(home, port, !outlives, say);
    return runningPlace(home, record, why);
  });
}

/** A started LocalStack as its callers see it. */
export function runningPlace(home: HomeFolder, record: RunRecord, why: string): RunningLocalStack {
  const { mode, port, pid, runId } = record;
  const url = `http://127.0.0.1:${port}`;
  const folder = runFolder(home, port);
  return {
    url,
    port,
    mode,
    why,
    pid,
    log: mode === 'host' ? hostLog(folder) : `docker compose -p ${runId} logs`,
    functionLogs: mode === 'host' ? functionLogs(folder) : undefined,
    environment: clientEnvironment(url),
    stop: () => endRun(home, record),
  };
}
