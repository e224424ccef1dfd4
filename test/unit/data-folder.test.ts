import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DataFolderHeld, takeDataFolder } from '../../lambdas/host/data-folder.ts';

const folders: string[] = [];
function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-lock-'));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('takeDataFolder', () => {
  it('says who holds the folder, and gives it to the next once released', () => {
    const directory = temporary();
    const first = takeDataFolder(directory);
    first.announce('http://127.0.0.1:1234');
    expect(() => takeDataFolder(directory)).toThrow(DataFolderHeld);
    expect(() => takeDataFolder(directory)).toThrow(`process ${process.pid} at http://127.0.0.1:1234`);
    first.release();
    takeDataFolder(directory).release();
  });

  it('is free again when its holder was killed', async () => {
    const directory = temporary();
    const module = new URL('../../lambdas/host/data-folder.ts', import.meta.url).href;
    const script = `const { takeDataFolder } = await import(${JSON.stringify(module)});
      takeDataFolder(${JSON.stringify(directory)}); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(() => takeDataFolder(directory)).toThrow(`process ${holder.pid}`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    takeDataFolder(directory).release();
  });
});
