/**
 * Order of acceptance. A version is a hybrid logical time, given once to an accepted batch and kept through retries,
 * redrives and replays. All parts are fixed-width Crockford base 32, so plain text comparison is the order:
 *
 *   version = clock ms (9) + instance (2) + counter (3)          14 characters
 *   place   = version advanced by the record's position          14 characters
 *   stamp   = place + mapping revision (3)                       17 characters
 *
 * A batch of n records takes n counters, so that places of two batches of one instance never meet.
 */
export type Version = string;
export type Stamp = string;

/** Below every stamp. */
export const noStamp: Stamp = '';
/** Mapping revisions of one sink: three characters of base 32. */
export const revisionMax = 32 ** 3 - 1;
/** Instances that may accept at the same time: two characters of base 32. */
export const instancesMax = 32 ** 2;
const countersPerMs = 32 ** 3;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** All texts of three characters, in order: a stamp is made by two look-ups and no arithmetic on text. */
const triples: readonly string[] = Array.from(
  { length: countersPerMs },
  (_, i) => alphabet[i >> 10]! + alphabet[(i >> 5) & 31]! + alphabet[i & 31]!,
);

/** State of one instance's clock: the next counter that may be given out within `ms`. */
export interface VersionClock {
  readonly ms: number;
  readonly counter: number;
}

/**
 * Takes the next version for a batch of `records` (at least 1). Never goes back: a wall clock that jumped back, or a
 * millisecond whose counters are used up, continues from the last time given out.
 */
export function nextVersion(
  clock: VersionClock,
  nowMs: number,
  instance: number,
  records: number,
): { readonly version: Version; readonly clock: VersionClock } {
  let { ms, counter } = nowMs > clock.ms ? { ms: nowMs, counter: 0 } : clock;
  if (counter >= countersPerMs) {
    ms += Math.floor(counter / countersPerMs);
    counter %= countersPerMs;
  }
  const used = counter + Math.max(1, records);
  const next = { ms: ms + Math.floor(used / countersPerMs), counter: used % countersPerMs };
  return { version: encodeMs(ms) + encodeInstance(instance) + triples[counter], clock: next };
}

/** Stamps of a batch's records by position (0-based), all at one mapping revision. */
export function stamper(version: Version, revision: number): (position: number) => Stamp {
  if (revision > revisionMax) throw new RangeError(`mapping revision ${revision} is over ${revisionMax}`);
  const ms = decode(version.slice(0, 9));
  const instance = version.slice(9, 11);
  const counter = decode(version.slice(11, 14));
  const suffix = triples[revision]!;
  let prefixAhead = 0;
  let prefix = version.slice(0, 11);
  return (position) => {
    const place = counter + position;
    const ahead = (place / countersPerMs) | 0;
    if (ahead !== prefixAhead) {
      prefixAhead = ahead;
      prefix = encodeMs(ms + ahead) + instance;
    }
    return prefix + triples[place % countersPerMs] + suffix;
  };
}

/** Wall-clock milliseconds that a version or stamp begins with. */
export function versionMs(version: Version): number {
  return decode(version.slice(0, 9));
}

function encodeMs(ms: number): string {
  const high = Math.floor(ms / 2 ** 30);
  const low = ms % 2 ** 30;
  return triples[high]! + triples[Math.floor(low / countersPerMs)]! + triples[low % countersPerMs]!;
}

function encodeInstance(instance: number): string {
  if (!(instance >= 0 && instance < instancesMax))
    throw new RangeError(`instance ${instance} is not below ${instancesMax}`);
  return triples[instance]!.slice(1);
}

function decode(text: string): number {
  let value = 0;
  for (const character of text) value = value * 32 + alphabet.indexOf(character);
  return value;
}
