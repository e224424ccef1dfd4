import type { SigningKey } from '../../ports/signing-keys.ts';

/** The first key signs, all of them check. */
export type KeyRing = readonly [SigningKey, ...SigningKey[]];

/** The text under which keys are kept, wherever that is. */
export function textOfKeys(keys: KeyRing): string {
  return JSON.stringify({ keys });
}

/**
 * The keys that a text holds.
 * @returns undefined when it holds none; why it does not is left out, because a parser would quote the secret
 */
export function keysOfText(text: string): KeyRing | undefined {
  try {
    const { keys } = JSON.parse(text) as { readonly keys: KeyRing };
    return keys[0].kid && keys[0].privateJwk && keys[0].publicJwk ? keys : undefined;
  } catch {
    return undefined;
  }
}
