import type { EnvOf } from '../require-env.ts';

/** Variables of the control function. */
export const controlEnvNames = [
  'HEADGATE_CATALOG_TABLE',
  'HEADGATE_BUCKET',
  'HEADGATE_CORS_ORIGINS',
  'HEADGATE_OIDC_ISSUER',
  'HEADGATE_OIDC_AUDIENCE',
  'HEADGATE_OIDC_CLIENT_ID',
  'HEADGATE_PASSWORD_SIGN_IN',
  'HEADGATE_ROW_TABLE_PREFIX',
  'HEADGATE_ROW_RECOVERY',
  'HEADGATE_SIGNING_SECRET',
] as const;
export type ControlEnv = EnvOf<typeof controlEnvNames>;
