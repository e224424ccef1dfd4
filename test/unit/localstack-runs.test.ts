import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type HomeFolder, homeFolder } from '../../localstack/utils/home-folder.ts';
import { withHomeLock } from '../../localstack/utils/home-lock.ts';
import { answersOn, freePort, requireFreePort } from '../../localstack/utils/ports.ts';
import { processStart } from '../../localstack/utils/process-start.ts';
import { CommandFailed, runCommand, tryCommand } from '../../localstack/utils/run-command.ts';
import {
  forgetOldRuns,
  markEnded,
  type RunRecord,
  readRunRecord,
  readRunRecords,
  runFolder,
  runsStill,
  writeRunRecord,
} from '../../localstack/utils/run-record.ts';
import { startLocalStack } from '../../localstack/utils/start-localstack.ts';
import { stopLocalStack } from '../../localstack/utils/stop-localstack.ts';

let home: HomeFolder;
beforeEach(async () => {
  home = homeFolder({ HEADGATE_LOCALSTACK_HOME: await mkdtemp(join(tmpdir(), 'headgate-test-')) });
});
afterEach(() => rm(home.path, { recursive: true, force: true }));

const own: RunRecord = {
  runId: 'r',
  mode: 'host',
  port: 4_566,
  startedAt: '2026-01-01T00:00:00.000Z',
  pid: process.pid,
  processStart: processStart(process.pid)!,
};

describe('the record of a run', () => {
  it('is found by its port until the run has ended', async () => {
    expect(await readRunRecord(home, 4_566)).toBeUndefined();
    await writeRunRecord(home, own);
    await writeRunRecord(home, { ...own, port: 5_000 });
    expect(await readRunRecord(home, 4_566)).toEqual(own);
    expect((await readRunRecords(home)).map(({ port }) => port).sort()).toEqual([4_566, 5_000]);
    await markEnded(home, 4_566);
    expect(await readRunRecord(home, 4_566)).toBeUndefined();
  });

  it('holds for the process that it names, and not for another one under its id', () => {
    expect(runsStill(own)).toBe(true);
    expect(runsStill({ ...own, processStart: `${own.processStart}1` })).toBe(false);
    expect(runsStill({ runId: 'r', mode: 'host', port: 1, startedAt: '' })).toBe(false);
  });

  it('holds no longer when the process has ended, waited for or not', async () => {
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1e9)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const record = { ...own, pid: child.pid!, processStart: processStart(child.pid!)! };
    expect(runsStill(record)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(runsStill(record)).toBe(false);
  });

  it('outlives only so many runs that ended', async () => {
    for (let port = 1; port <= 8; port++) {
      await mkdir(runFolder(home, port), { recursive: true });
      await writeFile(join(runFolder(home, port), 'ended'), `2026-01-0${port}T00:00:00.000Z`);
    }
    await writeRunRecord(home, { ...own, port: 9 });
    await mkdir(runFolder(home, 10), { recursive: true });
    await forgetOldRuns(home);
    expect((await readdir(home.runs)).sort()).toEqual(['4', '5', '6', '7', '8', '9']);
  });

  it('is all that stopping goes by', async () => {
    expect(await stopLocalStack(home, 4_566)).toBe('none');
  });
});

describe('ports', () => {
  it('are refused when somebody listens on them, at any address', async () => {
    for (const host of ['127.0.0.1', undefined]) {
      const server = createServer();
      await once(server.listen({ port: 0, ...(host && { host }) }), 'listening');
      const { port } = server.address() as { port: number };
      expect(await answersOn(port)).toBe(true);
      await expect(requireFreePort(port)).rejects.toMatchObject({ name: 'PortTaken', message: /port \d+ is taken/ });
      await expect(startLocalStack({ port, mode: 'host' })).rejects.toMatchObject({ name: 'PortTaken' });
      server.close();
      await once(server, 'close');
      await requireFreePort(port);
    }
  });

  it('are free when they are given out', async () => {
    const port = await freePort();
    expect(await answersOn(port)).toBe(false);
    await requireFreePort(port);
  });
});

describe('the lock of a home folder', () => {
  it('is held by one at a time, and given up when the work fails', async () => {
    const order: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = withHomeLock(home.path, 5_000, async () => {
      order.push('first in');
      await held;
      order.push('first out');
      throw new Error('failed');
    });
    first.catch(() => {});
    const second = withHomeLock(home.path, 5_000, async () => order.push('second'));
    await expect(withHomeLock(home.path, 0, async () => order.push('third'))).rejects.toThrow(/in use/);
    release();
    await expect(first).rejects.toThrow('failed');
    await second;
    expect(order).toEqual(['first in', 'first out', 'second']);
  });
});

describe('programs that are run', () => {
  const node = (code: string) => ['--eval', code];

  it('give their output, all of it to the log', async () => {
    const logFile = join(home.path, 'log');
    const heard: string[] = [];
    const code = "process.stdout.write('out'); process.stderr.write('err')";
    const output = await runCommand('Talking', process.execPath, node(code), {
      timeoutMs: 30_000,
      logFile,
      onOutput: (text) => heard.push(text),
      env: {},
    });
    expect(output.length).toBe(6);
    expect(heard.join('')).toBe(output);
    expect(existsSync(logFile)).toBe(true);
  });

  it('fail with the end of their output', async () => {
    const failing = node("for (let i = 0; i < 500; i++) console.log('line ' + i + '.'); process.exitCode = 3");
    const failed = runCommand('Counting', process.execPath, failing, { timeoutMs: 30_000 });
    await expect(failed).rejects.toBeInstanceOf(CommandFailed);
    await expect(failed).rejects.toThrow(/^Counting failed: .* ended with 3\n[\s\S]*line 499\.$/);
    await expect(failed).rejects.not.toThrow(/line 400\./);
  });

  it('are ended when they take too long, also when a descendant keeps their output open', async () => {
    const code = `require('node:child_process').spawn(process.execPath, ['--eval', 'setTimeout(() => {}, 30_000)'],
      { stdio: ['ignore', 'inherit', 'inherit'] }); console.log('begun'); process.on('SIGTERM', () => process.exit());
      setInterval(() => {}, 1e9)`;
    const slow = runCommand('Waiting', process.execPath, node(code), { timeoutMs: 1_500 });
    await expect(slow).rejects.toThrow(/^Waiting failed: .* took more than 1\.5 s\nbegun$/);
  });

  it('are told apart from programs that are not there', async () => {
    expect(await tryCommand(join(home.path, 'nothing'), [], { timeoutMs: 1_000 })).toBeUndefined();
    await expect(runCommand('Looking', join(home.path, 'nothing'), [], { timeoutMs: 1_000 })).rejects.toThrow(
      /could not be started/,
    );
  });
});
