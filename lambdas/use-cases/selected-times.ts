import { decodeTime, encodeTime, isValid } from 'ulid';
import type { ReplaySelection } from '../domain/replay.ts';
import { versionMs } from '../domain/version.ts';

/**
 * Milliseconds by which the time in an id may be off that of acceptance: ids and versions do not go back with a clock
 * that does. Entries are looked for this much further than the time that is asked for.
 */
const clockMarginMs = 3_600_000;
/** Characters of the time in a ULID. */
const timeLength = 10;

/** Whether a time of acceptance is one of those asked for. */
export function isSelectedTime({ acceptedFrom, acceptedTo }: ReplaySelection, acceptedMs: number): boolean {
  if (acceptedFrom !== undefined && acceptedMs < Date.parse(acceptedFrom)) return false;
  return acceptedTo === undefined || acceptedMs < Date.parse(acceptedTo);
}

/** When a quarantined record was accepted, in milliseconds since 1970. */
export function acceptedMsOf({ version }: { readonly version: string }): number {
  return versionMs(version);
}

/** A text below every id that may be of a time from `at` on. */
export function idBeforeTime(at: string): string {
  return idTime(Date.parse(at) - clockMarginMs);
}

/** A text above every id that may be of a time before `at`. */
export function idAfterTime(at: string): string {
  return `${idTime(Date.parse(at) + clockMarginMs)}~`;
}

/** The time in an id, in milliseconds since 1970; undefined: its maker gave it none, as a replay does to its batches. */
export function timeInId(id: string): number | undefined {
  return isValid(id) ? decodeTime(id) : undefined;
}

/** A text below every id that has this time or a later one in it, and above all others. */
export function idAtTime(ms: number): string {
  return idTime(ms);
}

/** No id is of a time before 1970. */
function idTime(ms: number): string {
  return encodeTime(Math.max(0, ms), timeLength);
}
