import type { Version } from '../domain/version.ts';

/**
 * Gives each accepted batch its place in the order. Persistent: after a crash or a clock that jumped back, no version
 * is at or below one that was given before.
 */
export interface VersionSource {
  /** The version of a batch of `records`; takes that many places. A promise only where a store has to be asked first. */
  issue(records: number): Version | Promise<Version>;
}
