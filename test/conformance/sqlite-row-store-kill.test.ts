import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { makeSqliteRowStore } from '../../lambdas/adapters/embedded/sqlite-row-store.ts';
import { coalesce, sameState } from '../../lambdas/domain/merge.ts';
import type { RowStore } from '../../lambdas/ports/row-store.ts';
import { killedTable, roundRows, rowsPerRound } from './sqlite-row-store-rounds.ts';

const writer = fileURLToPath(new URL('./sqlite-row-store-writer.ts', import.meta.url));
const keys = Array.from({ length: rowsPerRound }, (_, key) => key);

/**
 * Lets a process write from round `first` on, kills it after `rounds` of them, and tells the last it reported. Each
 * reported round must be there for the reader at once, while the next is being written.
 */
async function writeUntilKilled(reader: RowStore, directory: string, first: number, rounds: number): Promise<number> {
  const child = spawn(process.execPath, [writer, directory, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let last = first - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    const [state] = await reader.get(killedTable, [0]);
    expect(Number(state?.exists)).toBeGreaterThanOrEqual(last);
    if (last === first + rounds - 1) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return last;
}

it('keeps every merge that had resolved, whole, when its process is killed again and again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'headgate-rows-kill-'));
  const reader = makeSqliteRowStore(directory);
  try {
    let last = 0;
    for (const rounds of [1, 7, 23, 40]) {
      last = await writeUntilKilled(reader, directory, last + 1, rounds);
      const states = await reader.get(killedTable, keys);
      // One more round may have become durable without being reported; none may be there in part.
      const shown = states.map((state) => Number(state!.exists));
      const newest = shown[0]!;
      expect(new Set(shown)).toEqual(new Set([newest]));
      expect([last, last + 1]).toContain(newest);
      const wanted = coalesce(Array.from({ length: newest }, (_, i) => roundRows(i + 1)).flat());
      expect(states.filter((state, i) => !sameState(state!, wanted[i]!))).toEqual([]);
      last = newest;
    }
  } finally {
    reader.close();
    rmSync(directory, { recursive: true });
  }
}, 60_000);
