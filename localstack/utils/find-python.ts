import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MissingProgram, type ProgramProbe, probeProgram } from './program-probe.ts';

export interface PythonSearch {
  readonly environment: NodeJS.ProcessEnv;
  /** Names in `~/.pyenv/versions`. */
  readonly pyenvVersions: readonly string[];
  readonly pyenvFolder: string;
  readonly probe: ProgramProbe;
}

export interface FoundPython {
  /** Full path, as the interpreter itself tells it: a shim is seen through. */
  readonly path: string;
  readonly version: string;
}

/** LocalStack 4.14 uses syntax that 3.12 lacks, and its pinned packages have no builds for 3.14. */
const wanted = '3.13';
const question = 'import sys, venv, ensurepip; print(sys.version.split()[0]); print(sys.executable)';

/**
 * Looks at `PYTHON`, `python3.13`, pyenv's 3.13 versions and `python3`, in this order.
 * @throws MissingProgram when none of them is a Python 3.13 that can make environments
 */
export async function findPython(search: PythonSearch = searchHere()): Promise<FoundPython> {
  const seen: string[] = [];
  for (const candidate of candidates(search)) {
    const answer = await search.probe(candidate, ['-c', question]);
    const [version = '', path = ''] = answer?.code === 0 ? answer.output.trim().split('\n').slice(-2) : [];
    if (version.startsWith(`${wanted}.`) && path !== '') return { path, version };
    seen.push(`  ${candidate}: ${version || whyNot(answer)}`);
  }
  throw new MissingProgram(
    `LocalStack without Docker needs Python ${wanted} (no other version runs it) with its venv module. Looked at:\n` +
      `${seen.join('\n')}\nInstall it (for example: pyenv install ${wanted}), or name one that is there: PYTHON=<path>.`,
  );
}

function candidates({ environment, pyenvVersions, pyenvFolder }: PythonSearch): string[] {
  const named = environment['PYTHON'];
  const ofPyenv = pyenvVersions
    .filter((name) => name === wanted || name.startsWith(`${wanted}.`))
    .map((name) => join(pyenvFolder, name, 'bin', 'python'));
  return [...(named ? [named] : []), `python${wanted}`, ...ofPyenv, 'python3'];
}

function whyNot(answer: Awaited<ReturnType<ProgramProbe>>): string {
  if (answer === undefined) return 'not found';
  const last = answer.output.trim().split('\n').at(-1);
  return last ? `does not work (${last})` : 'does not work';
}

function searchHere(): PythonSearch {
  const pyenvFolder = join(process.env['PYENV_ROOT'] || join(homedir(), '.pyenv'), 'versions');
  let pyenvVersions: string[] = [];
  try {
    pyenvVersions = readdirSync(pyenvFolder).sort();
  } catch {
    // No pyenv.
  }
  return { environment: process.env, pyenvVersions, pyenvFolder, probe: probeProgram };
}
