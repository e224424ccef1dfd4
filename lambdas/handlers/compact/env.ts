import type { EnvOf } from '../require-env.ts';

/** Variables of the compact function. */
export const compactEnvNames = ['HEADGATE_CATALOG_TABLE', 'HEADGATE_BUCKET', 'HEADGATE_ROW_TABLE_PREFIX'] as const;
export type CompactEnv = EnvOf<typeof compactEnvNames>;
