import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MissingProgram, type ProgramProbe, probeProgram } from './program-probe.ts';

export interface JavaSearch {
  readonly environment: NodeJS.ProcessEnv;
  readonly probe: ProgramProbe;
  readonly isExecutable: (path: string) => boolean;
}

/** DynamoDB Local 2 and 3 are built for it. */
const majorMin = 17;

/**
 * Looks at `JAVA_HOME`, then at every folder of `PATH`.
 * @returns the full path: LocalStack puts a folder of its own first on DynamoDB Local's `PATH`
 * @throws MissingProgram when there is no Java 17 or newer
 */
export async function findJava(search: JavaSearch = searchHere): Promise<string> {
  const seen: string[] = [];
  for (const path of candidates(search).filter(search.isExecutable)) {
    const answer = await search.probe(path, ['-version']);
    const version = /version "([^"]+)"/.exec(answer?.output ?? '')?.[1];
    if (version !== undefined && majorOf(version) >= majorMin) return path;
    seen.push(`  ${path}: ${version ?? 'does not work'}`);
  }
  throw new MissingProgram(
    `LocalStack without Docker needs Java ${majorMin} or newer: its DynamoDB is DynamoDB Local. Looked at JAVA_HOME and PATH:\n` +
      `${seen.join('\n') || '  no java there'}\nInstall one (Debian: apt install openjdk-17-jre-headless), or name one: JAVA_HOME=<folder>.`,
  );
}

/** 8 was still called 1.8. */
function majorOf(version: string): number {
  return Number(/^(?:1\.)?(\d+)/.exec(version)?.[1] ?? 0);
}

function candidates({ environment }: JavaSearch): string[] {
  const { JAVA_HOME: home, PATH: path = '' } = environment;
  const folders = [...(home ? [join(home, 'bin')] : []), ...path.split(delimiter).filter((folder) => folder !== '')];
  return [...new Set(folders.map((folder) => join(folder, 'java')))];
}

const searchHere: JavaSearch = {
  environment: process.env,
  probe: probeProgram,
  isExecutable: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
};
