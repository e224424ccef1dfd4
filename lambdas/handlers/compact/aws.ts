import { tmpdir } from 'node:os';
import { makeDuckDbSegmentFiles } from '../../adapters/duckdb/segment-files.ts';
import { log } from '../../http/log.ts';
import { openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { compactEnvNames } from './env.ts';
import { makeCompactHandler } from './handler.ts';

const stores = openAwsStores(requireEnv(compactEnvNames, process.env));
const segmentFiles = makeDuckDbSegmentFiles({
  readObject: (key) => stores.objects.get(key),
  temporaryDirectory: tmpdir(),
});

export const handler = makeCompactHandler({ ...stores, segmentFiles }, log);
