import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Where LocalStack is installed and keeps its runs: everything that is not part of the repository. */
export interface HomeFolder {
  readonly path: string;
  /** LocalStack's Python environment. */
  readonly venv: string;
  readonly python: string;
  /** DynamoDB Local as it was unpacked. */
  readonly dynamoDb: string;
  /** What LocalStack would else keep below the user's own cache folder. */
  readonly cache: string;
  /** One folder a port: its record, its state, its logs. */
  readonly runs: string;
}

/** `HEADGATE_LOCALSTACK_HOME`, or `.localstack` in the repository's root, which git ignores. */
export function homeFolder(environment: NodeJS.ProcessEnv = process.env): HomeFolder {
  const path = resolve(environment['HEADGATE_LOCALSTACK_HOME'] || join(repositoryFolder, '.localstack'));
  const venv = join(path, 'venv');
  return {
    path,
    venv,
    python: join(venv, 'bin', 'python'),
    dynamoDb: join(path, 'dynamodb-local'),
    cache: join(path, 'cache'),
    runs: join(path, 'runs'),
  };
}
