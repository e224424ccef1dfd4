/** Errors of the file system: no room, or none for this user. */
const codes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);
/**
 * SQLite's: FULL, and what it says where the room was refused in other words (IOERR_WRITE for a disk quota, IOERR_SHMSIZE
 * for its shared memory).
 */
const sqliteCodes: ReadonlySet<unknown> = new Set([13, 778, 4874]);

/** Whether a write failed because the disk had no room for it. Nothing of it is kept then, and it passes. */
export function isDiskFull(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { readonly code?: unknown; readonly errcode?: unknown };
  return codes.has(code) || sqliteCodes.has(errcode);
}
