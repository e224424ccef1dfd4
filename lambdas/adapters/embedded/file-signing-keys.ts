import { chmod, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { SigningKey, SigningKeys } from '../../ports/signing-keys.ts';
import { ignoreAbsent, writeFileOnce } from './write-file-once.ts';

/** Bits of the key: RS256 asks for 2,048 at least. */
const modulusBits = 2_048;
/** Read and written by the owner alone. */
const ownerOnly = 0o600;

/** What the file holds; the first key signs, all of them check. */
interface KeyFile {
  readonly keys: readonly [SigningKey, ...SigningKey[]];
}

/** Keys in one JSON file. Two that make it at once, in one process or several, end up with the same key. */
export function makeFileSigningKeys(file: string): SigningKeys {
  let loaded: Promise<KeyFile> | undefined;
  const load = () => {
    loaded ??= readOrMake(file).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  return {
    current: async () => (await load()).keys[0],
    publicKeys: async () => (await load()).keys.map(({ kid, publicJwk }) => ({ kid, publicJwk })),
  };
}

async function readOrMake(file: string): Promise<KeyFile> {
  const there = await read(file);
  if (there) return there;
  const made: KeyFile = { keys: [await makeKey()] };
  const first = await writeFileOnce(file, JSON.stringify(made), dirname(file));
  return first ? made : (await read(file))!;
}

async function read(file: string): Promise<KeyFile | undefined> {
  const text = await readFile(file, 'utf8').catch(ignoreAbsent);
  if (text === undefined) return undefined;
  await chmod(file, ownerOnly);
  try {
    const { keys } = JSON.parse(text) as KeyFile;
    if (keys[0].kid && keys[0].privateJwk && keys[0].publicJwk) return { keys };
  } catch {
    // Falls through: what the parser says would quote the secret.
  }
  throw new Error(
    `${file} does not hold signing keys. Restore it, or delete it: then a new key is made and all tokens end.`,
  );
}

async function makeKey(): Promise<SigningKey> {
  const pair = await generateKeyPair('RS256', { modulusLength: modulusBits, extractable: true });
  const [privateJwk, publicJwk] = await Promise.all([exportJWK(pair.privateKey), exportJWK(pair.publicKey)]);
  const kid = await calculateJwkThumbprint(publicJwk);
  const facts = { kid, alg: 'RS256', use: 'sig' };
  return { kid, privateJwk: { ...privateJwk, ...facts }, publicJwk: { ...publicJwk, ...facts } };
}
