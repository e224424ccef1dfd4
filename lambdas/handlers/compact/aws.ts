import { tmpdir } from 'node:os';
import { makeDuckDbSegmentFiles } from '../../adapters/duckdb/segment-files.ts';
import { log } from '../../http/log.ts';
import { openAwsRows, openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { compactEnvNames } from './env.ts';
import { makeCompactHandler } from './handler.ts';

const env = requireEnv(compactEnvNames, process.env);
const { dynamo, items: _, segmentSource, ...stores } = openAwsStores(env);
const segmentFiles = makeDuckDbSegmentFiles({ ...segmentSource, temporaryDirectory: tmpdir() });

export const handler = makeCompactHandler({ ...stores, rowStore: openAwsRows(dynamo, env), segmentFiles }, log);
