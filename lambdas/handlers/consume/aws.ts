import { tmpdir } from 'node:os';
import { unpackRecords } from '../../adapters/aws/sqs-message.ts';
import { makeDuckDbSegmentFiles } from '../../adapters/duckdb/segment-files.ts';
import { logFailure } from '../../http/log.ts';
import { makeWriteBatches } from '../../use-cases/write-batch.ts';
import { openAwsRows, openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { consumeEnvNames } from './env.ts';
import { makeConsumeHandler } from './handler.ts';

const env = requireEnv(consumeEnvNames, process.env);
const { dynamo, items: _, ...stores } = openAwsStores(env);
const writeBatches = makeWriteBatches({
  ...stores,
  rowStore: openAwsRows(dynamo, env),
  segmentFiles: makeDuckDbSegmentFiles({
    readObject: (key) => stores.objects.get(key),
    temporaryDirectory: tmpdir(),
  }),
});

export const handler = makeConsumeHandler({ writeBatches, onFailure: logFailure('consume') }).before((request) => {
  request.event = unpackRecords(request.event);
});
