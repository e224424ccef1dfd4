import { describe, expect, it } from '@jest/globals';
import { findJava } from '../../localstack/utils/find-java.ts';
import { findPython } from '../../localstack/utils/find-python.ts';
import type { ProgramProbe } from '../../localstack/utils/program-probe.ts';

/** Programs by their path, and what they answer; any other is not found. */
function machine(programs: Readonly<Record<string, string | { code: number; output: string }>>): ProgramProbe {
  return async (command) => {
    const answer = programs[command];
    return typeof answer === 'string' ? { code: 0, output: answer } : answer;
  };
}

describe('Python for LocalStack', () => {
  const find = (programs: Parameters<typeof machine>[0], environment = {}, pyenvVersions: string[] = []) =>
    findPython({ environment, pyenvVersions, pyenvFolder: '/pyenv', probe: machine(programs) });

  it.each([
    [
      'what PYTHON names',
      { '/named': '3.13.9\n/named', 'python3.13': '3.13.1\n/other' },
      { PYTHON: '/named' },
      [],
      '/named',
    ],
    ['python3.13, seen through a shim', { 'python3.13': '3.13.1\n/real/python' }, {}, [], '/real/python'],
    [
      'a version of pyenv, when its shim is not switched on',
      {
        'python3.13': { code: 127, output: 'pyenv: python3.13: command not found' },
        '/pyenv/3.13.0/bin/python': '3.13.0\n/pyenv/3.13.0/bin/python3.13',
      },
      {},
      ['3.1.3', '3.12.1', '3.13.0'],
      '/pyenv/3.13.0/bin/python3.13',
    ],
    ['python3, when it is one', { python3: '3.13.2\n/usr/bin/python3' }, {}, [], '/usr/bin/python3'],
    [
      'another one, when PYTHON names a wrong one',
      { '/old': '3.11.2\n/old', python3: '3.13.2\n/usr/bin/python3' },
      { PYTHON: '/old' },
      [],
      '/usr/bin/python3',
    ],
    ['what warns before it answers', { python3: 'warning: x\n3.13.2\n/p' }, {}, [], '/p'],
  ])('is %s', async (_name, programs, environment, versions, path) => {
    expect((await find(programs, environment, versions)).path).toBe(path);
  });

  it('is missing in words that name what was looked at and what to do', async () => {
    const programs = {
      python3: '3.11.2\n/usr/bin/python3',
      'python3.13': { code: 1, output: "Traceback\nModuleNotFoundError: No module named 'ensurepip'" },
    };
    const missing = find(programs, { PYTHON: '/nowhere' });
    await expect(missing).rejects.toMatchObject({ name: 'MissingProgram' });
    for (const part of [
      /needs Python 3\.13/,
      /\/nowhere: not found/,
      /python3\.13: does not work \(.*ensurepip/,
      /python3: 3\.11\.2/,
      /PYTHON=/,
    ])
      await expect(missing).rejects.toThrow(part);
  });
});

describe('Java for DynamoDB Local', () => {
  const find = (programs: Parameters<typeof machine>[0], environment: NodeJS.ProcessEnv) =>
    findJava({ environment, probe: machine(programs), isExecutable: (path) => path in programs });
  const version = (number: string) => `openjdk version "${number}" 2025-04-15\nOpenJDK Runtime Environment`;

  it.each([
    ['what JAVA_HOME names', { '/jdk/bin/java': version('21.0.1'), '/bin/java': version('17') }, '/jdk/bin/java'],
    [
      'on PATH, when JAVA_HOME is too old',
      { '/jdk/bin/java': version('1.8.0_392'), '/bin/java': version('17.0.15') },
      '/bin/java',
    ],
    [
      'the first of PATH that is new enough',
      { '/usr/bin/java': version('11.0.2'), '/bin/java': version('25-ea') },
      '/bin/java',
    ],
    [
      'what works',
      { '/usr/bin/java': { code: 1, output: 'Unable to locate a Java Runtime' }, '/bin/java': version('17') },
      '/bin/java',
    ],
  ])('is %s', async (_name, programs, path) => {
    expect(await find(programs, { JAVA_HOME: '/jdk', PATH: '/usr/bin:/bin' })).toBe(path);
  });

  it('is missing in words that name what was looked at and what to do', async () => {
    const missing = find({ '/usr/bin/java': version('11.0.2') }, { PATH: '/usr/bin:/bin' });
    await expect(missing).rejects.toMatchObject({ name: 'MissingProgram' });
    for (const part of [/Java 17 or newer/, /\/usr\/bin\/java: 11\.0\.2/, /JAVA_HOME=/])
      await expect(missing).rejects.toThrow(part);
    await expect(find({}, {})).rejects.toThrow(/no java there/);
  });
});
