import { describe, expect, it } from '@jest/globals';
import { apiStages } from '../../localstack/utils/api-stages.ts';
import { askedMode, chooseMode } from '../../localstack/utils/choose-mode.ts';
import { childEnvironment, clientEnvironment } from '../../localstack/utils/client-environment.ts';
import type { DockerCommand } from '../../localstack/utils/docker-command.ts';
import { homeFolder } from '../../localstack/utils/home-folder.ts';
import { hostEnvironment } from '../../localstack/utils/host-settings.ts';
import { runCdk } from '../../localstack/utils/run-cdk.ts';
import type { CommandResult } from '../../localstack/utils/run-command.ts';

const done = (output = ''): CommandResult => ({ code: 0, timedOut: false, output });
const failed = (output = ''): CommandResult => ({ code: 1, timedOut: false, output });

/** A Docker client that answers by the words of its command. */
function scriptedDocker(script: Readonly<Record<string, CommandResult | undefined>>) {
  const asked: string[] = [];
  const docker: DockerCommand = async (args) => {
    const words = args.join(' ');
    asked.push(words);
    const key = Object.keys(script).find((part) => words.includes(part));
    return key === undefined ? failed(`not in the script: ${words}`) : script[key];
  };
  return { docker, asked };
}

describe('the mode of LocalStack', () => {
  const images = done('time=x level=warning msg="y z"\nlocalstack/localstack:4.14.0\n');
  const running = { 'version --format': done('28.2.2'), 'config --images': images };

  it('is what is asked for, without a look at Docker', async () => {
    const { docker, asked } = scriptedDocker({});
    expect(await chooseMode('docker', docker)).toEqual({ mode: 'docker', why: 'as asked for' });
    expect(asked).toEqual([]);
  });

  it('is Docker when an engine runs that has both images', async () => {
    const { docker, asked } = scriptedDocker({ ...running, 'image inspect': done('there') });
    expect((await chooseMode(undefined, docker)).mode).toBe('docker');
    expect(asked.filter((words) => words.startsWith('image inspect')).map((words) => words.split(' ').at(-1))).toEqual([
      'localstack/localstack:4.14.0',
      'public.ecr.aws/lambda/nodejs:24',
    ]);
  });

  it('is Docker when what is missing can be pulled', async () => {
    const { docker, asked } = scriptedDocker({ ...running, 'image inspect': failed(), pull: done() });
    expect((await chooseMode(undefined, docker)).mode).toBe('docker');
    expect(asked.filter((words) => words.startsWith('pull')).length).toBe(2);
  });

  it.each([
    ['there is no client', { 'version --format': undefined }, /no Docker client/],
    ['no engine runs', { 'version --format': failed('Cannot connect') }, /no Docker engine runs/],
    ['there is no compose plugin', { 'version --format': done(), compose: failed() }, /no compose plugin/],
    [
      'an image is not to be had',
      { ...running, 'inspect --format there localstack': done(), 'image inspect': failed(), pull: failed('a\ndenied') },
      /public\.ecr\.aws\/lambda\/nodejs:24 is not to be had \(denied\)/,
    ],
  ])('is this machine when %s, and says so', async (_name, script, why) => {
    const chosen = await chooseMode(undefined, scriptedDocker(script).docker);
    expect(chosen.mode).toBe('host');
    expect(chosen.why).toMatch(why);
  });

  it('can be set for a machine, and not to nonsense', () => {
    expect(askedMode({})).toBeUndefined();
    expect(askedMode({ HEADGATE_LOCALSTACK_MODE: 'host' })).toBe('host');
    expect(() => askedMode({ HEADGATE_LOCALSTACK_MODE: 'podman' })).toThrow(/docker or host/);
  });
});

describe('what children of LocalStack see', () => {
  it('is false credentials and its address, and nothing of an account that the caller has', () => {
    const real = { PATH: '/bin', AWS_PROFILE: 'prod', AWS_SESSION_TOKEN: 'real', AWS_ENDPOINT_URL_SQS: 'https://x' };
    const environment = childEnvironment(clientEnvironment('http://127.0.0.1:1'), real);
    expect(environment).toMatchObject({
      PATH: '/bin',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_REGION: 'us-east-1',
    });
    expect(Object.keys(environment).filter((name) => name in real)).toEqual(['PATH']);
  });

  it('keeps cdk off every other machine', async () => {
    const options = { what: 'x', outputFolder: '/nowhere', timeoutMs: 1 };
    for (const url of ['https://cloudformation.us-east-1.amazonaws.com', 'http://10.0.0.1:4566', '']) {
      const place = { url, port: 1, environment: clientEnvironment(url) };
      await expect(runCdk(place, ['deploy'], options)).rejects.toThrow(/at 127\.0\.0\.1, not at/);
    }
    const place = { url: 'http://127.0.0.1:1', port: 1, environment: {} };
    await expect(runCdk(place, ['deploy'], options)).rejects.toThrow(/not at undefined/);
  });

  it('lets LocalStack itself see only what it needs', () => {
    const run = { home: homeFolder({}), folder: '/run', runId: 'r', port: 5_000, node: '/n/node', tied: true };
    const environment = hostEnvironment(run, { PATH: '/bin', AWS_PROFILE: 'prod', SERVICES: 's3', DEBUG: '1' });
    expect(environment).toMatchObject({ PATH: '/bin', DEBUG: '1', GATEWAY_LISTEN: '127.0.0.1:5000' });
    expect(environment).not.toHaveProperty('SERVICES');
    expect(Object.keys(environment).filter((name) => name.startsWith('AWS_'))).toEqual([]);
  });
});

describe('API stages', () => {
  it('are found among outputs, each once, with an address that needs no name server', () => {
    const place = { url: 'http://127.0.0.1:4566', port: 4_566, environment: {} };
    const url = 'https://abc123.execute-api.127.0.0.1:4566/dev/';
    const outputs = {
      api: { BaseUrl: url, Again: url, ApiId: 'abc123' },
      storage: { Bucket: 'b', Site: 'https://x/y/' },
    };
    expect(apiStages(place, outputs)).toEqual([
      { output: 'api.BaseUrl', url: 'http://127.0.0.1:4566/_aws/execute-api/abc123/dev' },
    ]);
  });
});
