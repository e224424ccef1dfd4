import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { SigningKey } from '../../ports/signing-keys.ts';

/** Bits of the key: RS256 asks for 2,048 at least. */
const modulusBits = 2_048;

/** Makes an RSA key pair for RS256. Its id is the thumbprint of its public half (RFC 7638). */
export async function newSigningKey(): Promise<SigningKey> {
  const pair = await generateKeyPair('RS256', { modulusLength: modulusBits, extractable: true });
  const [privateJwk, publicJwk] = await Promise.all([exportJWK(pair.privateKey), exportJWK(pair.publicKey)]);
  const kid = await calculateJwkThumbprint(publicJwk);
  const facts = { kid, alg: 'RS256', use: 'sig' };
  return { kid, privateJwk: { ...privateJwk, ...facts }, publicJwk: { ...publicJwk, ...facts } };
}
