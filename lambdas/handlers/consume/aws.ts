import { tmpdir } from 'node:os';
import { readMessage } from '../../adapters/aws/sqs-message.ts';
import { makeDuckDbSegmentFiles } from '../../adapters/duckdb/segment-files.ts';
import { logFailure } from '../../http/log.ts';
import { makeWriteBatches } from '../../use-cases/write-batch.ts';
import { openAwsRows, openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { consumeEnvNames } from './env.ts';
import { makeConsumeHandler } from './handler.ts';

const env = requireEnv(consumeEnvNames, process.env);
const { dynamo, items: _, segmentSource, ...stores } = openAwsStores(env);
const writeBatches = makeWriteBatches({
  ...stores,
  readMessage,
  rowStore: openAwsRows(dynamo, env),
  segmentFiles: makeDuckDbSegmentFiles({
    ...segmentSource,
    temporaryDirectory: tmpdir(),
  }),
});

export const handler = makeConsumeHandler({ clock: stores.clock, writeBatches, onFailure: logFailure('consume') });
