import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HomeFolder } from './home-folder.ts';
import type { PlaceMode } from './place.ts';
import { processStart } from './process-start.ts';

/** What is kept about a LocalStack that was started, so that another process can find and stop it. */
export interface RunRecord {
  /** Marks the processes of this run; the name of the containers' project in Docker. */
  readonly runId: string;
  readonly mode: PlaceMode;
  readonly port: number;
  readonly startedAt: string;
  /** Host mode: LocalStack's process, and when it started, because process ids come again. */
  readonly pid?: number;
  readonly processStart?: string;
}

/** Ended runs whose logs are kept. */
const endedRunsKept = 5;

/** The folder of the run on a port. */
export function runFolder(home: HomeFolder, port: number): string {
  return join(home.runs, String(port));
}

/** Writes the record at once and whole: another process may read it at any time. */
export async function writeRunRecord(home: HomeFolder, record: RunRecord): Promise<void> {
  const folder = runFolder(home, record.port);
  await mkdir(folder, { recursive: true });
  const partial = join(folder, 'record.partial');
  await writeFile(partial, `${JSON.stringify(record, null, 2)}\n`);
  await rename(partial, join(folder, 'record.json'));
}

/** The record of the run on a port, whether it still runs or not. */
export async function readRunRecord(home: HomeFolder, port: number): Promise<RunRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(runFolder(home, port), 'record.json'), 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}

export async function removeRunRecord(home: HomeFolder, port: number): Promise<void> {
  await rm(join(runFolder(home, port), 'record.json'), { force: true });
}

/** All records, of the runs that still run and of those that ended without being stopped. */
export async function readRunRecords(home: HomeFolder): Promise<RunRecord[]> {
  const names = await readdir(home.runs).catch(() => []);
  const records = await Promise.all(names.map((name) => readRunRecord(home, Number(name))));
  return records.filter((record) => record !== undefined);
}

/** Whether the process of a host run is still that process, and not another one under its id. */
export function runsStill({ pid, processStart: start }: RunRecord): boolean {
  return pid !== undefined && start !== undefined && processStart(pid) === start;
}

/** Removes the folders of all but the newest runs that ended. */
export async function forgetOldRuns(home: HomeFolder): Promise<void> {
  const names = await readdir(home.runs).catch(() => []);
  const ended: { name: string; at: string }[] = [];
  for (const name of names) {
    if ((await readRunRecord(home, Number(name))) !== undefined) continue;
    const at = await readFile(join(home.runs, name, 'ended'), 'utf8').catch(() => '');
    ended.push({ name, at });
  }
  ended.sort((a, b) => b.at.localeCompare(a.at));
  for (const { name } of ended.slice(endedRunsKept)) await rm(join(home.runs, name), { recursive: true, force: true });
}

/** Notes that a run ended: its record goes, its logs stay for a while. */
export async function markEnded(home: HomeFolder, port: number): Promise<void> {
  await writeFile(join(runFolder(home, port), 'ended'), new Date().toISOString());
  await removeRunRecord(home, port);
}
