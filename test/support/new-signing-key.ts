import { exportJWK, generateKeyPair } from 'jose';
import type { SigningKey, SigningKeys } from '../../lambdas/ports/signing-keys.ts';

/** A key of no file, under any name. */
export async function newSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateJwk: { ...(await exportJWK(privateKey)) }, publicJwk: { ...(await exportJWK(publicKey)) } };
}

/** Keys of a service that never changed them; the key is made when first wanted. */
export function newSigningKeys(): SigningKeys {
  let key: Promise<SigningKey> | undefined;
  const current = () => {
    key ??= newSigningKey('test');
    return key;
  };
  return { current, publicKeys: async () => [await current()] };
}
