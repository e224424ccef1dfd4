import { composeArgs, type DockerCommand } from './docker-command.ts';
import type { PlaceMode } from './place.ts';
import { lastLines } from './run-command.ts';

export interface ChosenMode {
  readonly mode: PlaceMode;
  /** Why, in words for a person. */
  readonly why: string;
}

/** What LocalStack's container runs our functions in; it would pull it itself, but only when a function is created. */
const functionImage = 'public.ecr.aws/lambda/nodejs:24';
/** An engine that does not answer by then is taken for one that does not run. */
const engineMsMax = 15_000;
/** LocalStack's image has about 500 MB to pull; installing it without Docker takes a minute. */
const pullMsMax = 240_000;

/**
 * Docker, if an engine runs and both images are there or can be pulled in time; else this machine itself.
 * @param asked what the caller wants, whatever there is
 */
export async function chooseMode(asked: PlaceMode | undefined, docker: DockerCommand): Promise<ChosenMode> {
  if (asked !== undefined) return { mode: asked, why: 'as asked for' };
  const obstacle = await obstacleToDocker(docker);
  return obstacle === undefined
    ? { mode: 'docker', why: 'a Docker engine runs, and it has the images' }
    : { mode: 'host', why: obstacle };
}

/** `HEADGATE_LOCALSTACK_MODE`; undefined when it is not set. */
export function askedMode(environment: NodeJS.ProcessEnv = process.env): PlaceMode | undefined {
  const value = environment['HEADGATE_LOCALSTACK_MODE'];
  if (value === undefined || value === '') return undefined;
  if (value === 'docker' || value === 'host') return value;
  throw new Error(`HEADGATE_LOCALSTACK_MODE is docker or host, not "${value}"`);
}

async function obstacleToDocker(docker: DockerCommand): Promise<string | undefined> {
  const engine = await docker(['version', '--format', '{{.Server.Version}}'], { timeoutMs: engineMsMax });
  if (engine === undefined) return 'there is no Docker client';
  if (engine.code !== 0) return 'no Docker engine runs';
  const compose = await docker(composeArgs('headgate', 'config', '--images'), { timeoutMs: engineMsMax });
  if (compose?.code !== 0) return 'the Docker client has no compose plugin';
  // Warnings come in the same output; an image is a word alone on its line.
  const images = compose.output.split('\n').filter((line) => /^\S+$/.test(line));
  for (const image of [...images, functionImage]) {
    if ((await docker(['image', 'inspect', '--format', 'there', image]))?.code === 0) continue;
    const pulled = await docker(['pull', '--quiet', image], { timeoutMs: pullMsMax });
    if (pulled?.code !== 0) return `the image ${image} is not to be had (${lastLines(pulled?.output ?? '', 1)})`;
  }
  return undefined;
}
