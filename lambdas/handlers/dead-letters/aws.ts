import { readMessage } from '../../adapters/aws/sqs-message.ts';
import { logFailure } from '../../http/log.ts';
import { openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { deadLettersEnvNames } from './env.ts';
import { makeDeadLettersHandler } from './handler.ts';

const stores = openAwsStores(requireEnv(deadLettersEnvNames, process.env));

export const handler = makeDeadLettersHandler(stores, logFailure('dead_letters'), readMessage);
