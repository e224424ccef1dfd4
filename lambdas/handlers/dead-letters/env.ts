import type { EnvOf } from '../require-env.ts';

/** Variables of the dead-letters function. */
export const deadLettersEnvNames = ['HEADGATE_CATALOG_TABLE', 'HEADGATE_BUCKET'] as const;
export type DeadLettersEnv = EnvOf<typeof deadLettersEnvNames>;
