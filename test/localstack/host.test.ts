import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { homeFolder, repositoryFolder } from '../../localstack/utils/home-folder.ts';
import type { RunningLocalStack } from '../../localstack/utils/place.ts';
import { processStart } from '../../localstack/utils/process-start.ts';
import { runCommand } from '../../localstack/utils/run-command.ts';
import { readRunRecord } from '../../localstack/utils/run-record.ts';
import { startLocalStack } from '../../localstack/utils/start-localstack.ts';
import { hostProcesses } from '../../localstack/utils/stop-host.ts';
import { waitUntil } from '../support/wait-until.ts';
import { type FailedResult, makeTestFunctions, type TestFunctions } from './test-functions.ts';

// The first start of all installs LocalStack.
jest.setTimeout(900_000);

const home = homeFolder();
const quiet = { mode: 'host', say: () => {} } as const;

describe('LocalStack without Docker', () => {
  let place: RunningLocalStack;
  let functions: TestFunctions;
  let runId: string;
  beforeAll(async () => {
    place = await startLocalStack(quiet);
    functions = makeTestFunctions(place);
    runId = (await readRunRecord(home, place.port))!.runId;
  });
  afterAll(async () => {
    functions?.close();
    await place?.stop();
  });
  const logOf = (name: string) => readFileSync(join(place.functionLogs!, `${name}.log`), 'utf8');

  it('tells what it is, and listens on the loopback address only', () => {
    expect(place).toMatchObject({ mode: 'host', url: `http://127.0.0.1:${place.port}` });
    if (process.platform === 'linux') expect(listeningAddresses(place.port)).toEqual(['0100007F']);
  });

  it('starts a process for the first call of a function, and keeps it for the next', async () => {
    await functions.create(
      'counter',
      `let calls = 0;
       export const handler = async (event, context) => ({ calls: ++calls, pid: process.pid, event,
         id: context.awsRequestId, left: context.getRemainingTimeInMillis(), node: process.version });`,
      { timeoutS: 7 },
    );
    interface Result {
      calls: number;
      pid: number;
      left: number;
      id: string;
    }
    const cold = await functions.invoke<Result>('counter', { text: 'é "\u2028' });
    expect(cold.result).toMatchObject({ calls: 1, event: { text: 'é "\u2028' }, node: process.version });
    expect(cold.result.left).toBeGreaterThan(1_000);
    expect(cold.result.left).toBeLessThanOrEqual(7_000);
    expect(cold.log).toContain(`START RequestId: ${cold.result.id}`);
    expect(cold.log).toContain('Init Duration');
    const warm = await functions.invoke<Result>('counter');
    expect(warm.result).toMatchObject({ calls: 2, pid: cold.result.pid });
    expect(warm.log).not.toContain('Init Duration');
  });

  it('runs calls that overlap in processes of their own', async () => {
    await functions.create(
      'overlap',
      `import { existsSync, writeFileSync } from 'node:fs';
       export const handler = async ({ mine, theirs }) => {
         writeFileSync(mine, '');
         while (!existsSync(theirs)) await new Promise((resolve) => setTimeout(resolve, 5));
         return { pid: process.pid };
       };`,
    );
    const [a, b] = ['a', 'b'].map((name) => join(place.functionLogs!, `overlap-${name}`)) as [string, string];
    const both = await Promise.all([
      functions.invoke<{ pid: number }>('overlap', { mine: a, theirs: b }),
      functions.invoke<{ pid: number }>('overlap', { mine: b, theirs: a }),
    ]);
    expect(both.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(new Set(both.map(({ result }) => result.pid)).size).toBe(2);
  });

  it('gives each environment a temporary folder, which goes with it', async () => {
    const code = `import { tmpdir } from 'node:os'; import { writeFileSync, readdirSync } from 'node:fs';
      export const handler = async () => { const folder = tmpdir(); const found = readdirSync(folder);
        writeFileSync(folder + '/left', 'x'); return { folder, found }; };`;
    for (const name of ['temporary-1', 'temporary-2']) await functions.create(name, code);
    const [one, two] = await Promise.all(
      ['temporary-1', 'temporary-2'].map((name) => functions.invoke<{ folder: string; found: string[] }>(name)),
    );
    expect([one!.result.found, two!.result.found]).toEqual([[], []]);
    expect(one!.result.folder).not.toBe(two!.result.folder);
    expect(existsSync(join(one!.result.folder, 'left'))).toBe(true);
    expect((await functions.invoke<{ found: string[] }>('temporary-1')).result.found).toEqual(['left']);
    await functions.remove('temporary-1');
    await waitUntil('the folder is gone', async () => (existsSync(one!.result.folder) ? undefined : true));
    expect(existsSync(two!.result.folder)).toBe(true);
  });

  it('gives what a handler throws to the caller, and all that it wrote to its log', async () => {
    await functions.create(
      'thrower',
      `export const handler = async ({ lines }) => {
         for (let i = 0; i < lines; i++) (i % 2 ? console.error : console.log)('line ' + i);
         process.stdout.write('no newline at the end');
         throw new TypeError('not today');
       };`,
    );
    const { result, error, log } = await functions.invoke<FailedResult>('thrower', { lines: 5_000 });
    expect(error).toBe('Unhandled');
    expect(result).toMatchObject({ errorType: 'TypeError', errorMessage: 'not today' });
    expect(result.trace?.join('\n')).toContain('index.mjs');
    expect(log).toContain('line 4999');
    expect(log).toContain('no newline at the end');
    const written = logOf('thrower').split('\n');
    expect(written.filter((line) => line.startsWith('line ')).length).toBe(5_000);
    expect(written.some((line) => line.includes('\0'))).toBe(false);
    // Nothing of it comes again with the next call.
    expect((await functions.invoke('thrower', { lines: 1 })).log).not.toContain('line 4999');
  });

  it.each([
    ['waits for ever', 'await new Promise((resolve) => setTimeout(resolve, 1e9));'],
    ['counts for ever', 'for (;;);'],
  ])('ends a call that %s at its timeout, and the next one starts afresh', async (name, line) => {
    const id = name.replaceAll(' ', '-');
    await functions.create(
      id,
      `export const handler = async ({ hang }) => { console.log('before'); if (hang) { ${line} } return process.pid; };`,
      { timeoutS: 1 },
    );
    const { result: first } = await functions.invoke<number>(id);
    const { result, error, log } = await functions.invoke<FailedResult>(id, { hang: true });
    expect(error).toBe('Unhandled');
    expect(result.errorType).toBe('Sandbox.Timedout');
    expect(result.errorMessage).toMatch(/Task timed out after 1\.00 seconds/);
    expect(log).toContain('before');
    expect(processStart(first)).toBeUndefined();
    const { result: next } = await functions.invoke<number>(id);
    expect(next).toEqual(expect.any(Number));
    expect(next).not.toBe(first);
  });

  it.each([
    ['exits', 'process.exit(3);', /exit status 3/],
    ['kills itself', "process.kill(process.pid, 'SIGKILL');", /signal: killed/],
    [
      'outgrows its memory',
      'const all = []; for (;;) all.push(new Array(1e5).fill({}).map((_, i) => ({ i })));',
      /signal: aborted/,
    ],
  ])('reports a process that %s, and the next call starts a new one', async (name, line, how) => {
    const id = name.replaceAll(' ', '-');
    await functions.create(id, `export const handler = async ({ end }) => { if (end) { ${line} } return 'alive'; };`, {
      timeoutS: 60,
    });
    const { result, error } = await functions.invoke<FailedResult>(id, { end: true });
    expect(error).toBe('Unhandled');
    expect(result.errorType).toBe('Runtime.ExitError');
    expect(result.errorMessage).toMatch(how);
    expect((await functions.invoke(id)).result).toBe('alive');
  });

  it.each([
    ['throws-at-import', "console.log('so far'); throw new Error('no table');", 'Error', /no table/],
    ['has-no-handler', 'export const other = 1;', 'Runtime.HandlerNotFound', /index\.handler is undefined/],
    ['wants-a-callback', 'export const handler = (a, b, c) => {};', 'Runtime.CallbackHandlerDeprecated', /callback/],
    ['has-bad-syntax', 'export const handler = ;', 'SyntaxError', /./],
    ['exits-at-import', 'process.exit(4);', 'Runtime.ExitError', /exit status 4/],
    [
      'rejects-at-import',
      "Promise.reject(new Error('lost')); await new Promise(() => setTimeout(() => {}, 1e9));",
      'Runtime.UnhandledPromiseRejection',
      /lost/,
    ],
  ])('shows the caller why a function does not start: %s', async (name, code, errorType, message) => {
    await functions.create(name, code);
    for (let tries = 0; tries < 2; tries++) {
      const { result, error } = await functions.invoke<FailedResult>(name);
      expect(error).toBe('Unhandled');
      expect(result.errorType).toBe(errorType);
      expect(result.errorMessage).toMatch(message);
    }
    expect(logOf(name)).toMatch(/INIT failed/);
    if (name === 'throws-at-import') expect(logOf(name)).toContain('so far');
  });

  it('refuses answers and events that Lambda would not carry', async () => {
    await functions.create('large', "export const handler = async ({ size = 0 }) => 'x'.repeat(size);", {
      memoryMb: 512,
    });
    const atLimit = 6 * 1024 * 1024 - 100;
    expect((await functions.invoke<string>('large', { size: atLimit })).result.length).toBe(atLimit);
    const { result } = await functions.invoke<FailedResult>('large', { size: 7_000_000 });
    expect(result.errorType).toBe('Function.ResponseSizeTooLarge');
    const { result: refused } = await functions.invoke<FailedResult>('large', { more: 'x'.repeat(7_000_000) });
    expect(refused.errorType).toBe('RequestEntityTooLargeException');
    expect((await functions.invoke('large', { size: 1 })).result).toBe('x');
  });

  it('makes no function of another runtime', async () => {
    expect(await functions.create('python', '', { runtime: 'python3.13' })).toMatch(/^Failed: .*only node functions/);
  });

  it('passes its own tests of the parts that need no LocalStack', async () => {
    const output = await runCommand('Testing the plugin', home.python, ['-m', 'unittest', 'discover', '-s', 'tests'], {
      cwd: join(repositoryFolder, 'localstack', 'host'),
      env: { PYTHONDONTWRITEBYTECODE: '1' },
      timeoutMs: 60_000,
    });
    expect(output).toMatch(/Ran \d\d+ tests[\s\S]*OK/);
  });

  it('leaves no process and no state behind when it is stopped, but its logs', async () => {
    await functions.invoke('counter');
    const running = await hostProcesses(home, runId, 'list');
    // LocalStack, DynamoDB Local, the reaper and functions.
    expect(running.length).toBeGreaterThan(3);
    expect(running).toContain(place.pid);
    await place.stop();
    expect(await hostProcesses(home, runId, 'list')).toEqual([]);
    expect(running.filter((pid) => processStart(pid) !== undefined)).toEqual([]);
    expect(await readRunRecord(home, place.port)).toBeUndefined();
    expect(existsSync(join(home.runs, String(place.port), 'root'))).toBe(false);
    expect(existsSync(place.log)).toBe(true);
    // Stopping again is no error: there is nothing left to end.
    await place.stop();
  });
});

describe('LocalStack without Docker, when something is killed', () => {
  it('takes everything with it when it is killed itself', async () => {
    const place = await startLocalStack(quiet);
    try {
      const { runId } = (await readRunRecord(home, place.port))!;
      const functions = makeTestFunctions(place);
      await functions.create('busy', 'export const handler = async ({ hang }) => { for (; hang; ); return 1; };');
      await functions.invoke('busy');
      // A function that cannot notice anything: it never comes back to its event loop.
      functions.invoke('busy', { hang: true }).catch(() => {});
      const running = await hostProcesses(home, runId, 'list');
      expect(running.length).toBeGreaterThan(3);
      process.kill(place.pid!, 'SIGKILL');
      await waitUntil('all its processes are gone', async () =>
        running.every((pid) => processStart(pid) === undefined) ? true : undefined,
      );
      functions.close();
    } finally {
      await place.stop();
    }
  });

  it('ends when the process that started it is killed', async () => {
    const starter = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--input-type=module',
        '--eval',
        `import { startLocalStack } from './localstack/utils/start-localstack.ts';
         const { port, pid } = await startLocalStack({ mode: 'host', say: () => {} });
         console.log(JSON.stringify({ port, pid }));
         setInterval(() => {}, 1e9);`,
      ],
      { cwd: repositoryFolder, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const started = await new Promise<string>((resolve, reject) => {
      starter.stdout.setEncoding('utf8').once('data', resolve);
      starter.once('exit', (code) => reject(new Error(`the starter ended with ${code}`)));
    });
    const { port, pid } = JSON.parse(started) as { port: number; pid: number };
    const { runId } = (await readRunRecord(home, port))!;
    const running = await hostProcesses(home, runId, 'list');
    expect(running).toContain(pid);
    starter.removeAllListeners('exit').kill('SIGKILL');
    await waitUntil('all its processes are gone', async () =>
      running.every((id) => processStart(id) === undefined) ? true : undefined,
    );
  });
});

/** Local addresses of the sockets that listen on a port, as Linux writes them. */
function listeningAddresses(port: number): string[] {
  const listen = '0A';
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === listen && Number.parseInt(fields[1]?.split(':')[1] ?? '', 16) === port)
      .map((fields) => fields[1]!.split(':')[0]!),
  );
}
