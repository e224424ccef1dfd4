import { openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { setupEnvNames } from './env.ts';
import { makeSetupHandler } from './handler.ts';

export const handler = makeSetupHandler(openAwsStores(requireEnv(setupEnvNames, process.env)));
