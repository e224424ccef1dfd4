import { devNull } from 'node:os';

export const accountId = '000000000000';
export const region = 'us-east-1';

/**
 * The variables with which SDKs and `cdk` reach a LocalStack. The credentials are false and no profile is read, so that
 * a missing endpoint can never touch a real account.
 */
export function clientEnvironment(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    // An address that is a number makes S3 clients put the bucket into the path; a name would go before the host.
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** A child's whole environment: what is inherited without any `AWS_*` variable, and `own` in their place. */
export function childEnvironment(
  own: Readonly<Record<string, string>>,
  inherited: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('AWS_'),
  );
  return { ...Object.fromEntries(kept), ...own };
}
