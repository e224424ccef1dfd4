import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { withHomeLock } from '../../localstack/utils/home-lock.ts';
import { MissingProgram, probeProgram } from '../../localstack/utils/program-probe.ts';
import { runCommand } from '../../localstack/utils/run-command.ts';

/** Installing takes some 10 s; a slow network takes longer. */
const installMsMax = 600_000;
/** What the oldest of our pinned packages runs on. */
const oldest = [3, 10] as const;
const question = 'import sys, venv, ensurepip; print(*sys.version_info[:2]); print(sys.executable)';

/**
 * A Python with the packages of a requirements file, in a folder of its own below `HEADGATE_PYTHON_HOME` or the user's
 * cache folder; made at the first use, and anew when the file changes.
 * @returns path of its interpreter
 * @throws MissingProgram where no Python of 3.10 or later is on the machine, and CommandFailed
 */
export async function pythonWith(requirements: string): Promise<string> {
  const hash = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 16);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const home = join(resolve(process.env['HEADGATE_PYTHON_HOME'] || join(cache, 'headgate', 'python')), hash);
  const python = join(home, 'venv', 'bin', 'python');
  return withHomeLock(home, installMsMax, async () => {
    if (await isComplete(home, python)) return python;
    const base = await findPython();
    const options = { timeoutMs: installMsMax };
    await rm(join(home, 'venv'), { recursive: true, force: true });
    await mkdir(home, { recursive: true });
    process.stderr.write(`Installing Python packages into ${home} (once) ...\n`);
    await runCommand('Making a Python environment', base, ['-m', 'venv', join(home, 'venv')], options);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '-r', requirements];
    await runCommand('Installing Python packages', python, pip, options);
    await writeFile(join(home, 'complete'), '');
    return python;
  });
}

/** The environment stops working when the Python that it was made from is removed. */
async function isComplete(home: string, python: string): Promise<boolean> {
  try {
    await access(join(home, 'complete'));
  } catch {
    return false;
  }
  return (await probeProgram(python, ['-c', 'pass']))?.code === 0;
}

async function findPython(): Promise<string> {
  const named = process.env['PYTHON'];
  const candidates = [...(named ? [named] : []), 'python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
  for (const candidate of candidates) {
    const answer = await probeProgram(candidate, ['-c', question]);
    const [version = '', path = ''] = answer?.code === 0 ? answer.output.trim().split('\n').slice(-2) : [];
    const [major = 0, minor = 0] = version.split(' ').map(Number);
    if (path !== '' && major === oldest[0] && minor >= oldest[1]) return path;
  }
  throw new MissingProgram(
    `This needs Python ${oldest.join('.')} or later with its venv module; looked at ${candidates.join(', ')}. Install it, ` +
      'or name one that is there: PYTHON=<path>.',
  );
}
