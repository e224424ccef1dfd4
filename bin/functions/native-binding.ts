import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** DuckDB's binding for what Lambda runs: Linux with glibc on x86_64. */
const bindingPackage = '@duckdb/node-bindings-linux-x64';

/**
 * Copies the native binding into an asset. It comes from `node_modules` where npm installed it, that is on such a
 * machine; elsewhere npm fetches the version of the lock file, once, and checks it against the lock file's hash.
 * @param options.installed overrides the place where an installed one is looked for
 */
export async function copyNativeBinding(
  root: string,
  asset: string,
  options: { readonly installed?: string } = {},
): Promise<void> {
  const installed = options.installed ?? join(root, 'node_modules', bindingPackage);
  const source = (await isPackage(installed)) ? installed : await fetchedBinding(root);
  await cp(source, join(asset, 'node_modules', bindingPackage), {
    recursive: true,
    filter: (path) => !path.endsWith('.md'),
  });
}

async function fetchedBinding(root: string): Promise<string> {
  const { version, integrity } = await lockedBinding(root);
  const folder = join(root, 'node_modules', '.cache', 'headgate', `${basename(bindingPackage)}-${version}`);
  if (await isPackage(join(folder, 'package'))) return join(folder, 'package');

  process.stderr.write(`Fetching ${bindingPackage} ${version} (once) ...\n`);
  const partial = `${folder}-${process.pid}`;
  await mkdir(partial, { recursive: true });
  const args = ['pack', `${bindingPackage}@${version}`, '--json', '--pack-destination', partial];
  const [packed] = JSON.parse(run('npm', args, root)) as { integrity: string }[];
  if (packed?.integrity !== integrity)
    throw new Error(`${bindingPackage} ${version} is not what the lock file names: ${packed?.integrity}`);
  const archive = (await readdir(partial)).find((name) => name.endsWith('.tgz'));
  run('tar', ['-xzf', archive!], partial);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return join(folder, 'package');
}

async function lockedBinding(root: string): Promise<{ version: string; integrity: string }> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; integrity?: string }>;
  };
  const entry = lock.packages[`node_modules/${bindingPackage}`];
  if (entry?.integrity === undefined) throw new Error(`package-lock.json does not name ${bindingPackage}`);
  return { version: entry.version, integrity: entry.integrity };
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, [...args], { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
}

async function isPackage(folder: string): Promise<boolean> {
  return stat(join(folder, 'package.json')).then(
    () => true,
    () => false,
  );
}
