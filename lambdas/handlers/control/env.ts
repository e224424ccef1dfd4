import type { EnvOf } from '../require-env.ts';

/** Variables of the control function. */
export const controlEnvNames = [
  'HEADGATE_CATALOG_TABLE',
  'HEADGATE_BUCKET',
  'HEADGATE_CORS_ORIGINS',
  'HEADGATE_ROW_TABLE_PREFIX',
  'HEADGATE_ROW_RECOVERY',
  'HEADGATE_SIGNING_SECRET',
] as const;
export type ControlEnv = EnvOf<typeof controlEnvNames>;
