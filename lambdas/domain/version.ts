/**
 * Order of acceptance. A version is a hybrid logical time, given once to an accepted batch and kept through retries,
 * redrives and replays. All parts are fixed-width Crockford base 32, so plain text comparison is the order:
 *
 *   version = clock ms (9) + instance (2) + counter (3)          14 characters
 *   place   = version advanced by the record's position          14 characters
 *   stamp   = place + mapping revision (3)                       17 characters
 *
 * In a table whose producers have a clock of their own, their version comes first (`producer-version.ts`):
 *
 *   stamp   = producer's version (13) + place + revision         30 characters
 *
 * All stamps of one table have one length. A batch of n records takes n counters, so that places of two batches of one
 * instance never meet.
 */
export type Version = string;
export type Stamp = string;
/** What a producer says of a record's place in the order, as the text that begins its stamp. */
export type ProducerVersion = string;

/** Below every stamp. */
export const noStamp: Stamp = '';
/** Characters of a stamp, and of one that a producer's version begins. */
export const stampLength = 17;
export const producerStampLength = 30;
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

/**
 * Stamps of a batch's records, all at one mapping revision: by a record's position (0-based) and, in a table whose
 * producers have a clock of their own, always its producer's version.
 */
export function stamper(
  version: Version,
  revision: number,
): (position: number, producerVersion?: ProducerVersion) => Stamp {
  if (revision > revisionMax) throw new RangeError(`mapping revision ${revision} is over ${revisionMax}`);
  const ms = decode(version.slice(0, 9));
  const instance = version.slice(9, 11);
  const counter = decode(version.slice(11, 14));
  const suffix = triples[revision]!;
  let prefixAhead = 0;
  let prefix = version.slice(0, 11);
  return (position, producerVersion = '') => {
    const place = counter + position;
    const ahead = (place / countersPerMs) | 0;
    if (ahead !== prefixAhead) {
      prefixAhead = ahead;
      prefix = encodeMs(ms + ahead) + instance;
    }
    return producerVersion + prefix + triples[place % countersPerMs] + suffix;
  };
}

/** Wall-clock milliseconds that a version begins with; also a stamp, unless a producer's version begins it. */
export function versionMs(version: Version): number {
  return decode(version.slice(0, 9));
}

function encodeMs(ms: number): string {
  return triples[Math.floor(ms / 2 ** 30)]! + encode30Bits(ms % 2 ** 30);
}

/** A whole number from 0 to 2^30 - 1 as six characters, in whose order numbers of one size stand. */
export function encode30Bits(value: number): string {
  return triples[value >> 15]! + triples[value & 0x7fff]!;
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
