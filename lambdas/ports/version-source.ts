import type { Version } from '../domain/version.ts';

/**
 * Gives each accepted batch its place in the order. What one source gives rises, also when its clock jumps back, and no
 * place is ever given twice: not by two sources, nor by one that comes after a crash. Where one process accepts, its
 * source is persistent besides: after a crash no version is at or below one that was given before. Of several that
 * accept side by side, versions are in the order of their clocks.
 */
export interface VersionSource {
  /** The version of a batch of `records`; takes that many places. A promise only where a store has to be asked first. */
  issue(records: number): Version | Promise<Version>;
}
