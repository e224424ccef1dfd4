import { chmod, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SigningKeys } from '../../ports/signing-keys.ts';
import { newSigningKey } from '../system/new-signing-key.ts';
import { type KeyRing, keysOfText, textOfKeys } from '../system/signing-key-text.ts';
import { ignoreAbsent, writeFileOnce } from './write-file-once.ts';

/** Read and written by the owner alone. */
const ownerOnly = 0o600;

/** Keys in one JSON file. Two that make it at once, in one process or several, end up with the same key. */
export function makeFileSigningKeys(file: string): SigningKeys {
  let loaded: Promise<KeyRing> | undefined;
  const load = () => {
    loaded ??= readOrMake(file).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  return {
    current: async () => (await load())[0],
    publicKeys: async () => (await load()).map(({ kid, publicJwk }) => ({ kid, publicJwk })),
  };
}

async function readOrMake(file: string): Promise<KeyRing> {
  const there = await read(file);
  if (there) return there;
  const made: KeyRing = [await newSigningKey()];
  const first = await writeFileOnce(file, textOfKeys(made), dirname(file));
  return first ? made : (await read(file))!;
}

async function read(file: string): Promise<KeyRing | undefined> {
  const text = await readFile(file, 'utf8').catch(ignoreAbsent);
  if (text === undefined) return undefined;
  await chmod(file, ownerOnly);
  const keys = keysOfText(text);
  if (keys) return keys;
  throw new Error(
    `${file} does not hold signing keys. Restore it, or delete it: then a new key is made and all tokens end.`,
  );
}
