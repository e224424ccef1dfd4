import type { EnvOf } from '../require-env.ts';

/** Variables of the setup function. */
export const setupEnvNames = ['HEADGATE_CATALOG_TABLE', 'HEADGATE_BUCKET'] as const;
export type SetupEnv = EnvOf<typeof setupEnvNames>;
