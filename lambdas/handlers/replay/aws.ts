import { log } from '../../http/log.ts';
import { pause } from '../../http/pause.ts';
import { openAwsIntake } from '../aws-intake.ts';
import { openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { replayEnvNames } from './env.ts';
import { makeReplayHandler } from './handler.ts';

const env = requireEnv(replayEnvNames, process.env);
const stores = openAwsStores(env);

export const handler = makeReplayHandler({ ...stores, ...openAwsIntake(env, stores), pause }, log);
