import type { EnvOf } from '../require-env.ts';

/** Variables of the query function. */
export const queryEnvNames = [
  'HEADGATE_CATALOG_TABLE',
  'HEADGATE_BUCKET',
  'HEADGATE_CORS_ORIGINS',
  'HEADGATE_OIDC_ISSUER',
  'HEADGATE_OIDC_AUDIENCE',
  'HEADGATE_OIDC_CLIENT_ID',
  'HEADGATE_ROW_TABLE_PREFIX',
] as const;
export type QueryEnv = EnvOf<typeof queryEnvNames>;
