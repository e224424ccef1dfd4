import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signInTo } from '../test/support/headgate-api.ts';
import { startEmbedded } from '../test/support/start-embedded.ts';
import { keySpace, recordColumns } from './record-bodies.ts';

/** A running server that takes the benchmark's POSTs. */
export interface IngestTarget {
  readonly name: string;
  readonly url: string;
  readonly path: string;
  readonly authorization: string;
  readonly pid: number;
  /**
   * Waits until the records behind these receipts are visible to SQL.
   * @returns when the last of them was, in milliseconds since 1970; 0 for none
   */
  visible(receipts: readonly string[]): Promise<number>;
  /** Throws unless as many rows are stored as `records` acknowledged records must give. */
  check(records: number): Promise<void>;
  close(): Promise<void>;
}

/** The embedded product as its CLI starts it, with one table and one sink. */
export async function openProduct(keys: 'string' | 'id'): Promise<IngestTarget> {
  const embedded = await startEmbedded();
  const api = await signInTo({ ...embedded, close: embedded.stop });
  const databaseId = await api.createDatabase();
  await api.createTable(databaseId, 'readings', keys === 'string', recordColumns);
  const names = Object.keys(recordColumns);
  const items = [{ name: '_id', path: ['id'] }, ...names.map((name) => ({ name, path: [name] }))];
  const sink = await api.createSink(databaseId, 'readings', items, false);
  return {
    name: 'headgate',
    url: embedded.url,
    path: `/v2/sinks/${sink.id}`,
    authorization: `Bearer ${api.idToken}`,
    pid: embedded.pid,
    visible: async (receipts) => {
      let lastAt = 0;
      for (const receipt of receipts) lastAt = Math.max(lastAt, await api.visibleAt(receipt));
      return lastAt;
    },
    check: async (records) => {
      const [row] = await api.select(databaseId, 'select count(*) as stored from readings');
      expectRows(Number(row?.['stored']), records);
    },
    close: embedded.stop,
  };
}

/** The peer, `bare-server.ts`, in a process of its own. What it acknowledged is visible at once. */
export async function openBareServer(): Promise<IngestTarget> {
  const folder = await mkdtemp(join(tmpdir(), 'headgate-bench-'));
  const script = fileURLToPath(new URL('./bare-server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await listening(child);
  return {
    name: 'bare',
    url,
    path: '/',
    authorization: 'none',
    pid: child.pid!,
    visible: async () => 0,
    check: async (records) => {
      const { DatabaseSync } = await import('node:sqlite');
      const db = new DatabaseSync(join(folder, 'bare.sqlite'), { readOnly: true });
      const { stored } = db.prepare('SELECT count(*) AS stored FROM records').get() as { stored: number };
      db.close();
      expectRows(stored, records);
    },
    close: async () => {
      child.kill();
      await new Promise((resolve) => child.once('close', resolve));
      await rm(folder, { recursive: true });
    },
  };
}

/** Memory of a process in megabytes, now and at its highest; Linux only, undefined elsewhere. */
export async function residentMegabytes(pid: number): Promise<{ now: number; peak: number } | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

function expectRows(stored: number, records: number): void {
  const wanted = Math.min(records, keySpace);
  if (stored !== wanted) throw new Error(`${stored} rows are stored of ${wanted} that were acknowledged`);
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const url = /http:\/\/\S+/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once('close', (code) => reject(new Error(`the bare server ended with code ${code}`)));
  });
}
