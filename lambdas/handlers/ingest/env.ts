import type { EnvOf } from '../require-env.ts';

/** Variables of the ingest function. */
export const ingestEnvNames = [
  'HEADGATE_CATALOG_TABLE',
  'HEADGATE_BUCKET',
  'HEADGATE_CORS_ORIGINS',
  'HEADGATE_OIDC_ISSUER',
  'HEADGATE_OIDC_AUDIENCE',
  'HEADGATE_OIDC_CLIENT_ID',
  'HEADGATE_QUEUE_URL',
] as const;
export type IngestEnv = EnvOf<typeof ingestEnvNames>;
