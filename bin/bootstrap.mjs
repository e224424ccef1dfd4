// Plain JavaScript for Node 20: installs what is missing, then goes on with the Node 24 that the lock file names.
// `npm start` and `npm test` are each one command on a fresh clone because of this file.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const lock = join(root, 'package-lock.json');
// npm's own list of what it installed.
const installed = join(root, 'node_modules', '.package-lock.json');

const [, , command, ...rest] = process.argv;

const commands = {
  start: ['bin/headgate.ts', 'start', ...rest],
  test: ['test/run.ts', ...rest],
  run: rest,
};

install();
go(commands[command] ?? fail(`usage: node bin/bootstrap.mjs ${Object.keys(commands).join('|')}`));

function install() {
  if (existsSync(node) && existsSync(installed) && isComplete()) return;
  const started = Date.now();
  process.stderr.write('Installing packages (once) ...\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('npm ci failed; see above.');
  if (!existsSync(node)) {
    fail('The npm package "node" is there without its binary: allow its install script, then run this again.');
  }
  process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

function isComplete() {
  const wanted = JSON.parse(readFileSync(lock, 'utf8')).packages;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || have[path]?.version === version,
  );
}

function go(args) {
  // Queries, password checks and files share these threads: the default of 4 would let a few slow queries stop the rest.
  const threads = process.env.UV_THREADPOOL_SIZE ?? '16';
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      UV_THREADPOOL_SIZE: threads,
      PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1);
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
