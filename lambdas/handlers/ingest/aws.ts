import { makePublishedKeys } from '../../adapters/catalog/published-keys.ts';
import { makeOidcIssuer } from '../../adapters/system/oidc-issuer.ts';
import { readOrigins } from '../../http/cors.ts';
import { readIssuerSettings } from '../../http/sign-in-settings.ts';
import { makeSegmentGauge } from '../../use-cases/segment-gauge.ts';
import { openAwsIntake } from '../aws-intake.ts';
import { openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { ingestEnvNames } from './env.ts';
import { makeIngestHandler } from './handler.ts';

/** Milliseconds for which a table's count of segments is good: one read for all requests of an instance meanwhile. */
const segmentCountAgeMs = 5_000;

const env = requireEnv(ingestEnvNames, process.env);
const stores = openAwsStores(env);
const issuer = readIssuerSettings(env);

export const handler = makeIngestHandler({
  ...stores,
  ...openAwsIntake(env, stores),
  pressure: makeSegmentGauge({ ...stores, ageMs: segmentCountAgeMs }),
  corsOrigins: readOrigins(env.HEADGATE_CORS_ORIGINS),
  ...(issuer && { foreignIssuer: makeOidcIssuer(issuer, stores) }),
  keys: makePublishedKeys(stores.items, stores.clock),
});
