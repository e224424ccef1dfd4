import { parseArgs } from 'node:util';
import { DataFolderHeld } from '../lambdas/host/data-folder.ts';
import { beginDemo, runDemo } from '../lambdas/host/demo/run-demo.ts';
import { readSignInSettings } from '../lambdas/host/sign-in-options.ts';
import { type Host, startHost } from '../lambdas/host/start-host.ts';

const usage = `usage: headgate start [options]

  --port N            port on 127.0.0.1 (8787; 0 takes any free one)
  --data DIR          where data is kept (.headgate)
  --no-demo           do not load or show the iris sample
  --exit-after-demo   load the sample, print its counts, stop

HEADGATE_USERNAME and HEADGATE_PASSWORD make the first administrator at the first start. HEADGATE_OIDC_ISSUER and
HEADGATE_OIDC_AUDIENCE name an external issuer whose tokens open calls (docs/oidc.md).
`;

const print = (text: string) => void process.stdout.write(text);

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(
    error instanceof DataFolderHeld || isListenError(error) ? `${explain(error)}\n` : `${(error as Error).stack}\n`,
  );
  process.exitCode = 1;
}

async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args;
  if (command !== 'start') {
    print(usage);
    process.exitCode = command === undefined || command === 'help' || command === '--help' ? 0 : 2;
    return;
  }
  const { values } = parseArgs({
    args: rest,
    options: {
      port: { type: 'string', default: '8787' },
      data: { type: 'string', default: '.headgate' },
      'no-demo': { type: 'boolean', default: false },
      'exit-after-demo': { type: 'boolean', default: false },
    },
  });
  const host = await startHost({
    host: '127.0.0.1',
    port: portNumber(values.port),
    data: values.data,
    ...(process.env['HEADGATE_USERNAME'] !== undefined && { username: process.env['HEADGATE_USERNAME'] }),
    ...(process.env['HEADGATE_PASSWORD'] !== undefined && { password: process.env['HEADGATE_PASSWORD'] }),
    ...readSignInSettings(process.env),
    onFirstStart(dataFolder, { email, password }) {
      if (password !== undefined) print(`First administrator (shown once): ${email} / ${password}\n`);
      if (!values['no-demo']) beginDemo(dataFolder);
    },
  });
  stopOnSignal(host);
  introduce(host);
  const exit = values['exit-after-demo'];
  try {
    if (!values['no-demo']) await runDemo(host, print);
  } catch (error) {
    process.stderr.write(`The iris sample could not be shown: ${(error as Error).message}\n`);
    if (exit) process.exitCode = 1;
  }
  if (exit) await host.stop();
}

function introduce({ url, dataFolder }: Host): void {
  print(`Headgate listening on ${url}\nData in ${dataFolder}\n`);
}

function stopOnSignal(host: Host): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, async () => {
      if (stopping) process.exit(1);
      stopping = true;
      await host.stop();
      process.exit(0);
    });
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError(`--port ${text} is not a port number`);
  return port;
}

function isListenError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}

function explain(error: NodeJS.ErrnoException): string {
  return error.code === 'EADDRINUSE'
    ? `${error.message}. Another program listens there; choose a port with --port.`
    : error.message;
}
