import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePublishedKeys } from '../../adapters/catalog/published-keys.ts';
import { makeDuckDbQueryEngine } from '../../adapters/duckdb/query-engine.ts';
import { makeOidcIssuer } from '../../adapters/system/oidc-issuer.ts';
import { readOrigins } from '../../http/cors.ts';
import { readIssuerSettings } from '../../http/sign-in-settings.ts';
import { openAwsRows, openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { queryEnvNames } from './env.ts';
import { makeQueryHandler } from './handler.ts';

const env = requireEnv(queryEnvNames, process.env);
const { dynamo, items, segmentSource, ...stores } = openAwsStores(env);
const issuer = readIssuerSettings(env);

export const handler = makeQueryHandler({
  ...stores,
  corsOrigins: readOrigins(env.HEADGATE_CORS_ORIGINS),
  ...(issuer && { foreignIssuer: makeOidcIssuer(issuer, stores) }),
  keys: makePublishedKeys(items, stores.clock),
  rowStore: openAwsRows(dynamo, env),
  engine: makeDuckDbQueryEngine({
    ...segmentSource,
    cacheDirectory: join(tmpdir(), 'segments'),
  }),
});
