import type { EnvOf } from '../require-env.ts';

/** Variables of the replay function. */
export const replayEnvNames = ['HEADGATE_CATALOG_TABLE', 'HEADGATE_BUCKET', 'HEADGATE_QUEUE_URL'] as const;
export type ReplayEnv = EnvOf<typeof replayEnvNames>;
