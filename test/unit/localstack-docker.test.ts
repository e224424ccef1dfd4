import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { DockerCommand } from '../../localstack/utils/docker-command.ts';
import { type HomeFolder, homeFolder } from '../../localstack/utils/home-folder.ts';
import { readRunRecord } from '../../localstack/utils/run-record.ts';
import { dockerRunsStill, endDockerRun, startDocker } from '../../localstack/utils/start-docker.ts';
import { repositoryText } from '../support/repository-files.ts';

describe('LocalStack in Docker', () => {
  let home: HomeFolder;
  let localStack: Server;
  let port: number;
  beforeEach(async () => {
    home = homeFolder({ HEADGATE_LOCALSTACK_HOME: await mkdtemp(join(tmpdir(), 'headgate-test-')) });
    // Answers what waiting for LocalStack asks, and any call of DynamoDB.
    localStack = createServer((_, response) => response.end(JSON.stringify({ services: {} })));
    await once(localStack.listen(0, '127.0.0.1'), 'listening');
    port = (localStack.address() as AddressInfo).port;
  });
  afterEach(async () => {
    localStack.closeAllConnections();
    localStack.close();
    await rm(home.path, { recursive: true, force: true });
  });

  /** A Docker client that does as told; `failing` is the word of a command that fails. */
  function scripted(failing?: string) {
    const asked: { words: string; env: unknown }[] = [];
    const docker: DockerCommand = async (args, options) => {
      const words = args.slice(args.indexOf('-p') + 1).join(' ');
      asked.push({ words, env: options?.env });
      const fails = failing !== undefined && args.includes(failing);
      return { code: fails ? 1 : 0, timedOut: false, output: fails ? `no ${failing} today` : 'output' };
    };
    return { docker, asked };
  }

  it('is started under a name and on a port of its own, recorded, and taken down', async () => {
    const { docker, asked } = scripted();
    const record = await startDocker(home, port, docker);
    const name = `headgate-localstack-${port}`;
    expect(asked[0]).toMatchObject({ words: `${name} up --detach --wait`, env: { LOCALSTACK_PORT: String(port) } });
    expect(record).toMatchObject({ mode: 'docker', port, runId: name });
    expect(await readRunRecord(home, port)).toEqual(record);
    expect(await dockerRunsStill(record, docker)).toBe(true);
    expect(await dockerRunsStill(record, scripted('ps').docker)).toBe(false);
    await endDockerRun(home, record, docker);
    expect(asked.at(-1)?.words).toBe(`${name} down --volumes --timeout 20`);
    expect(await readRunRecord(home, port)).toBeUndefined();
  });

  it('is taken down when it does not come up, and says why', async () => {
    const { docker, asked } = scripted('up');
    await expect(startDocker(home, port, docker)).rejects.toThrow(/did not start: no up today\noutput/);
    expect(asked.some(({ words }) => words.includes('down --volumes'))).toBe(true);
    expect(await readRunRecord(home, port)).toBeUndefined();
  });

  it('stays on record when it cannot be taken down', async () => {
    const record = await startDocker(home, port, scripted().docker);
    await expect(endDockerRun(home, record, scripted('down').docker)).rejects.toThrow(/no down today/);
    expect(await readRunRecord(home, port)).toEqual(record);
  });
});

describe('docker-compose.yml', () => {
  interface Compose {
    readonly services: {
      readonly localstack: { readonly image: string; readonly ports: string[]; readonly environment: object };
    };
  }
  const text = repositoryText('localstack/docker-compose.yml');
  const { localstack } = (parse(text) as Compose).services;

  it('pins the last free release and publishes on the loopback address only', () => {
    expect(localstack.image).toMatch(/^localstack\/localstack:.*LOCALSTACK_VERSION:-4\.14\.0/);
    expect(localstack.ports.length).toBeGreaterThan(0);
    for (const published of localstack.ports) expect(published).toMatch(/^127\.0\.0\.1:/);
  });

  it('uses only variables that .env.example explains', () => {
    const used = new Set(Array.from(text.matchAll(/\$\{(\w+)/g), ([, name]) => name!));
    const explained = Array.from(
      repositoryText('localstack/.env.example').matchAll(/^(?:# )?(\w+)=/gm),
      ([, name]) => name!,
    );
    expect([...used].filter((name) => !explained.includes(name))).toEqual([]);
  });
});
