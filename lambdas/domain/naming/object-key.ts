const keyPart = /^(?!\.{1,2}$)[A-Za-z0-9._=-]+$/;

/**
 * The parts of an object's key: a relative path that is the same in every object store, as a path of files too.
 * @throws TypeError when the key could lead out of the store or names no object
 */
export function objectKeyParts(key: string): string[] {
  const parts = key.split('/');
  if (!parts.every((part) => keyPart.test(part))) {
    throw new TypeError(
      `object key ${JSON.stringify(key.slice(0, 40))} is not parts of A-Z a-z 0-9 . _ = - joined by /`,
    );
  }
  return parts;
}

/**
 * The part of a prefix up to its last `/`, in which every key that begins with the prefix lies.
 * @throws TypeError when that could lead out of the store
 */
export function objectFolderOf(prefix: string): string {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '') objectKeyParts(folder.slice(0, -1));
  return folder;
}
