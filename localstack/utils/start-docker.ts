import { composeArgs, type DockerCommand, docker as dockerHere } from './docker-command.ts';
import type { HomeFolder } from './home-folder.ts';
import { lastLines } from './run-command.ts';
import { markEnded, type RunRecord, writeRunRecord } from './run-record.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** With the images there, some seconds; a pull that was asked for by `mode: 'docker'` takes longer. */
const upMsMax = 600_000;
const downMsMax = 60_000;

/**
 * Starts LocalStack's container and waits until it answers. It outlives this process: nothing ties a container to it.
 * @throws with the end of the log when it does not come up
 */
export async function startDocker(
  home: HomeFolder,
  port: number,
  docker: DockerCommand = dockerHere,
): Promise<RunRecord> {
  const runId = `headgate-localstack-${port}`;
  const record: RunRecord = { runId, mode: 'docker', port, startedAt: new Date().toISOString() };
  await writeRunRecord(home, record);
  try {
    const up = await docker(composeArgs(runId, 'up', '--detach', '--wait'), {
      timeoutMs: upMsMax,
      env: {
        LOCALSTACK_PORT: String(port),
        LOCALSTACK_IGNORE_ARCHITECTURE: process.arch === 'arm64' ? '0' : '1',
      },
    });
    if (up?.code !== 0) throw new Error(lastLines(up?.output ?? 'there is no Docker client'));
    await waitUntilReady(`http://127.0.0.1:${port}`);
    return record;
  } catch (error) {
    const log = await docker(composeArgs(runId, 'logs', '--no-color', '--tail', '40'));
    await endDockerRun(home, record, docker).catch(() => {});
    const message = `LocalStack did not start: ${(error as Error).message}\n${lastLines(log?.output ?? '')}`;
    throw new Error(message, { cause: error });
  }
}

/**
 * Ends the container of a record, and with it those of its functions.
 * @throws when Docker would not
 */
export async function endDockerRun(
  home: HomeFolder,
  { runId, port }: RunRecord,
  docker: DockerCommand = dockerHere,
): Promise<void> {
  const down = await docker(composeArgs(runId, 'down', '--volumes', '--timeout', '20'), { timeoutMs: downMsMax });
  if (down?.code !== 0) throw new Error(`docker compose down failed: ${lastLines(down?.output ?? 'no Docker client')}`);
  await markEnded(home, port);
}

/** Whether the container of a record runs. */
export async function dockerRunsStill({ runId }: RunRecord, docker = dockerHere): Promise<boolean> {
  const listed = await docker(composeArgs(runId, 'ps', '--quiet', '--status', 'running'));
  return listed?.code === 0 && listed.output.trim() !== '';
}
