import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { loadSecretsClient } from '../../adapters/aws/aws-clients.ts';
import { makeSecretSigningKeys } from '../../adapters/aws/secret-signing-keys.ts';
import { makePublishedKeys } from '../../adapters/catalog/published-keys.ts';
import { makeOidcIssuer } from '../../adapters/system/oidc-issuer.ts';
import { readOrigins } from '../../http/cors.ts';
import { readIssuerSettings, readPasswordSignIn } from '../../http/sign-in-settings.ts';
import { openAwsRows, openAwsStores } from '../aws-stores.ts';
import { requireEnv } from '../require-env.ts';
import { controlEnvNames } from './env.ts';
import { makeControlHandler } from './handler.ts';

const env = requireEnv(controlEnvNames, process.env);
const { dynamo, items, ...stores } = openAwsStores(env);
let secrets: Promise<SecretsManagerClient> | undefined;
const keys = makeSecretSigningKeys({
  secretId: env.HEADGATE_SIGNING_SECRET,
  client: () => {
    secrets ??= loadSecretsClient();
    return secrets;
  },
  published: makePublishedKeys(items, stores.clock),
});
const issuer = readIssuerSettings(env);

export const handler = makeControlHandler({
  ...stores,
  corsOrigins: readOrigins(env.HEADGATE_CORS_ORIGINS),
  ...(issuer && { foreignIssuer: makeOidcIssuer(issuer, stores) }),
  passwordSignIn: readPasswordSignIn(env),
  keys,
  rowStore: openAwsRows(dynamo, env, env.HEADGATE_ROW_RECOVERY),
});
