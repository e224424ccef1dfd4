import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchDynamoDbLocal } from './fetch-dynamodb-local.ts';
import { findJava } from './find-java.ts';
import { findPython } from './find-python.ts';
import { type HomeFolder, repositoryFolder } from './home-folder.ts';
import { runCommand, tryCommand } from './run-command.ts';

/** Says to a person what takes long. */
export type Say = (line: string) => void;

/** What runs LocalStack on this machine. */
export interface HostPrograms {
  /** LocalStack's own Python. */
  readonly python: string;
  /** For DynamoDB Local. */
  readonly java: string;
}

/** What an installation was made from, as hashes; written when it is complete. */
interface Installed {
  readonly requirements: string;
  readonly plugin: string;
}

const source = join(repositoryFolder, 'localstack', 'host');
const requirementFiles = ['requirements.txt', 'constraints.txt'];
/** Installing takes below a minute; a slow network takes longer. */
const installMsMax = 600_000;

/**
 * Installs LocalStack, its plugin and DynamoDB Local into the home folder, or finds that they are there. Does again only
 * what the files in `localstack/host` have made stale. Needs the home's lock.
 * @throws MissingProgram without Python 3.13 or Java 17, and CommandFailed
 */
export async function setUpHost(home: HomeFolder, say: Say): Promise<HostPrograms> {
  // First of all what is missing on the machine: after a minute of installing is too late.
  const java = await findJava();
  const wanted = await hashesOfSources();
  const installed = await readInstalled(home);
  const works = installed?.requirements === wanted.requirements && (await answers(home.python));
  const base = works ? undefined : await findPython();
  if (base) say(`Installing LocalStack 4.14.0 into ${home.path} (once, about a minute, with ${base.path}) ...`);
  // The two downloads go on side by side, and both come to an end before an error is told.
  const downloads = await Promise.allSettled([
    base ? installPackages(home, base.path) : undefined,
    fetchDynamoDbLocal(home),
  ]);
  for (const download of downloads) if (download.status === 'rejected') throw download.reason;
  if (!works || installed?.plugin !== wanted.plugin) {
    await installPlugin(home);
    await writeFile(join(home.path, installedFile), JSON.stringify(wanted));
  }
  return { python: home.python, java };
}

const installedFile = 'installed.json';

async function readInstalled(home: HomeFolder): Promise<Installed | undefined> {
  try {
    return JSON.parse(await readFile(join(home.path, installedFile), 'utf8')) as Installed;
  } catch {
    return undefined;
  }
}

/** An environment stops working when the Python that it was made from is removed. */
async function answers(python: string): Promise<boolean> {
  const answer = await tryCommand(python, ['-c', 'import localstack'], { timeoutMs: 30_000 });
  return answer?.code === 0;
}

async function installPackages(home: HomeFolder, basePython: string): Promise<void> {
  const options = { timeoutMs: installMsMax, logFile: join(home.path, 'install.log') };
  await rm(join(home.path, installedFile), { force: true });
  await rm(home.venv, { recursive: true, force: true });
  await runCommand('Making a Python environment', basePython, ['-m', 'venv', home.venv], options);
  const [requirements, constraints] = requirementFiles.map((name) => join(source, name)) as [string, string];
  await runCommand('Installing LocalStack', home.python, [...pip, '-r', requirements, '-c', constraints], options);
}

const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];

/** From a copy, because building leaves files beside the source. */
async function installPlugin(home: HomeFolder): Promise<void> {
  const copy = join(home.path, 'plugin');
  await rm(copy, { recursive: true, force: true });
  await cp(source, copy, { recursive: true, filter: (path) => !path.endsWith('__pycache__') });
  await runCommand(
    'Installing the plugin of LocalStack',
    home.python,
    [...pip, '--no-deps', '--no-build-isolation', '--force-reinstall', copy],
    { timeoutMs: installMsMax, logFile: join(home.path, 'install.log') },
  );
  await rm(copy, { recursive: true, force: true });
}

async function hashesOfSources(): Promise<Installed> {
  const plugin = join(source, 'headgate_localstack');
  const files = (await readdir(plugin)).filter((name) => /\.(?:py|mjs)$/.test(name)).sort();
  return {
    requirements: await hashOf(requirementFiles.map((name) => join(source, name))),
    plugin: await hashOf([join(source, 'pyproject.toml'), ...files.map((name) => join(plugin, name))]),
  };
}

async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(source.length)).update(await readFile(path));
  return hash.digest('hex');
}
