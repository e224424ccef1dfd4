import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(120_000);

const repository = fileURLToPath(new URL('../..', import.meta.url));
const species = /setosa +50\n +versicolor +50\n +virginica +50/;

let folder: string;
let running: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headgate-first-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  running = [];
  await rm(folder, { recursive: true, force: true });
});

/** The product as a newcomer starts it; `until` waits for what it prints. */
function start(...options: string[]) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEADGATE_')));
  const script = ['--disable-warning=ExperimentalWarning', 'bin/headgate.ts', 'start', '--data', folder, ...options];
  const child = spawn(process.execPath, script, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let printed = '';
  let look = () => {};
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      look();
    });
  }
  const closed = once(child, 'close').then(([code]) => {
    look();
    return code as number | null;
  });
  return {
    closed,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    /** What was printed once `pattern` is in it. */
    until: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        look = () => {
          const found = pattern.exec(printed);
          if (found) resolve(found);
          else if (child.exitCode !== null) reject(new Error(`ended with ${child.exitCode}:\n${printed}`));
        };
        look();
      }),
    printed: () => printed,
  };
}

describe('a first start', () => {
  it('on a port that is taken ends, frees the folder, and loses no password', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const refused = start('--port', String(port), '--no-demo');
    expect(await refused.closed).toBe(1);
    expect(refused.printed()).toContain('Another program listens there');
    expect(refused.printed()).not.toContain('First administrator');
    other.close();
    const next = start('--port', '0', '--no-demo');
    await next.until(/First administrator \(shown once\): admin@headgate\.local \/ \S{20}\n/);
  });

  it('that is killed while it loads the sample is made good by the next, twice nothing', async () => {
    const first = start('--port', '0');
    await first.until(/First administrator/);
    await first.kill();
    const second = start('--port', '0');
    await second.until(species);
    await second.kill();
    const third = start('--port', '0', '--exit-after-demo');
    await third.until(species);
    expect(await third.closed).toBe(0);
  });

  it('without the sample never gets it later, also where somebody used its names', async () => {
    const first = start('--port', '0', '--no-demo');
    const [, url] = await first.until(/listening on (\S+)\n/);
    const [, username, password] = /shown once\): (\S+) \/ (\S+)/.exec(first.printed())!;
    const token = await post(url!, '', { USERNAME: username, PASSWORD: password });
    const { IdToken } = token['AuthenticationResult'] as { IdToken: string };
    await post(`${url}/v1/deployments`, IdToken, {
      name: 'iris_demo_deployment',
      deployment_options: { shape: '8GB' },
    });
    await first.kill();
    const second = start('--port', '0', '--exit-after-demo');
    expect(await second.closed).toBe(0);
    expect(second.printed()).not.toContain('setosa');
  });
});

async function post(url: string, token: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: token === '' ? {} : { authorization: token },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
