import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { PublishedKeys, SigningKeys } from '../../ports/signing-keys.ts';
import { newSigningKey } from '../system/new-signing-key.ts';
import { type KeyRing, keysOfText, textOfKeys } from '../system/signing-key-text.ts';
import { makeJitteredPause, type RetryPause } from './jittered-pause.ts';

/**
 * Names the version of the secret that holds the first key. Secrets Manager never changes a version: a second put under
 * the same token succeeds only with the same value and fails with `ResourceExistsException` otherwise (API reference of
 * PutSecretValue). So of several who make a key at once one alone stores it.
 */
const firstVersionToken = 'headgate-signing-key-version-0001';

/** Reads of a value that another instance has just stored. */
const readsMax = 6;

export interface SecretKeysParts {
  /** Name or ARN of a secret, which may have no value yet. */
  readonly secretId: string;
  /** Gives the client, which is loaded when first wanted. */
  readonly client: () => Promise<SecretsManagerClient>;
  readonly published: PublishedKeys;
  /** Between tries; tests need not wait. */
  readonly pause?: RetryPause;
}

/**
 * Keys in a secret, their public halves published apart from it. Who only checks tokens calls `publicKeys` alone, and
 * needs no right to the secret. The key is read once in an instance's life.
 */
export function makeSecretSigningKeys(parts: SecretKeysParts): SigningKeys {
  let loaded: Promise<KeyRing> | undefined;
  const load = () => {
    loaded ??= loadAndPublish(parts).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  return {
    current: async () => (await load())[0],
    publicKeys: () => parts.published.publicKeys(),
  };
}

/** Published at every load, since whoever made the key may have crashed before publishing it. */
async function loadAndPublish(parts: SecretKeysParts): Promise<KeyRing> {
  const keys = (await read(parts)) ?? (await make(parts));
  await parts.published.publish(keys);
  return keys;
}

/**
 * Makes a key, unless somebody else is faster: then theirs is read. Reads of a secret may lag behind its writes. If two
 * could store a key at once after all, each would sign with its own, and both would be published.
 */
async function make(parts: SecretKeysParts): Promise<KeyRing> {
  const { PutSecretValueCommand, ResourceExistsException } = await import('@aws-sdk/client-secrets-manager');
  const made: KeyRing = [await newSigningKey()];
  const input = { SecretId: parts.secretId, SecretString: textOfKeys(made), ClientRequestToken: firstVersionToken };
  try {
    await (await parts.client()).send(new PutSecretValueCommand(input));
    return made;
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
  }
  const { pause = makeJitteredPause({ baseMs: 50, maxMs: 1_000 }) } = parts;
  for (let reads = 1; reads <= readsMax; reads += 1) {
    const keys = await read(parts);
    if (keys) return keys;
    await pause(reads);
  }
  throw new Error(`secret ${parts.secretId} shows no value though another instance stored a key in it`);
}

async function read({ client, secretId }: SecretKeysParts): Promise<KeyRing | undefined> {
  const { GetSecretValueCommand, ResourceNotFoundException } = await import('@aws-sdk/client-secrets-manager');
  const secret = await (await client()).send(new GetSecretValueCommand({ SecretId: secretId })).catch((error) => {
    // Also what a secret without a value gives; one that is not there at all fails when the key is put.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  });
  if (!secret) return undefined;
  const keys = keysOfText(secret.SecretString ?? '');
  if (keys) return keys;
  throw new Error(`secret ${secretId} does not hold signing keys. Restore the version of it that does.`);
}
