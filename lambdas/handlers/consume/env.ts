import type { EnvOf } from '../require-env.ts';

/** Variables of the consume function. */
export const consumeEnvNames = ['HEADGATE_CATALOG_TABLE', 'HEADGATE_BUCKET', 'HEADGATE_ROW_TABLE_PREFIX'] as const;
export type ConsumeEnv = EnvOf<typeof consumeEnvNames>;
