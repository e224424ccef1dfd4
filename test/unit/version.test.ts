import { describe, expect, it } from '@jest/globals';
import {
  instancesMax,
  nextVersion,
  noStamp,
  revisionMax,
  stamper,
  type VersionClock,
  versionMs,
} from '../../lambdas/domain/version.ts';

const t0 = Date.UTC(2026, 7, 3);
const fresh: VersionClock = { ms: 0, counter: 0 };

/** Versions of one instance for a list of (wall clock, records). */
function issue(requests: readonly (readonly [nowMs: number, records: number])[], start = fresh): string[] {
  let clock = start;
  return requests.map(([nowMs, records]) => {
    const issued = nextVersion(clock, nowMs, 3, records);
    clock = issued.clock;
    return issued.version;
  });
}

function allStamps(requests: readonly (readonly [nowMs: number, records: number])[]): string[] {
  return issue(requests).flatMap((version, i) => {
    const stampOf = stamper(version, 1);
    return Array.from({ length: requests[i]![1] }, (_, position) => stampOf(position));
  });
}

function expectRising(texts: readonly string[]): void {
  const fallen = texts.filter((text, i) => i > 0 && text <= texts[i - 1]!);
  expect(fallen).toEqual([]);
}

describe('versions', () => {
  it.each<[string, readonly (readonly [number, number])[]]>([
    [
      'as time goes on',
      [
        [t0, 1],
        [t0 + 1, 1],
        [t0 + 1_000, 1],
        [t0 + 86_400_000, 1],
      ],
    ],
    [
      'within a millisecond',
      [
        [t0, 1],
        [t0, 1],
        [t0, 1_000],
        [t0, 1],
      ],
    ],
    [
      'when the clock jumps back',
      [
        [t0, 1],
        [t0 - 3_600_000, 1],
        [t0 - 1, 1],
        [t0, 1],
        [t0 + 1, 1],
      ],
    ],
    [
      'when a millisecond runs out of counters',
      [
        [t0, 20_000],
        [t0, 20_000],
        [t0, 20_000],
        [t0 + 1, 1],
        [t0 + 2, 1],
      ],
    ],
    [
      'when one batch takes more than a millisecond holds',
      [
        [t0, 100_000],
        [t0, 1],
        [t0 + 1, 1],
        [t0 + 4, 1],
      ],
    ],
    [
      'when the counters end exactly at the millisecond',
      [
        [t0, 32_768],
        [t0, 1],
        [t0 + 1, 1],
      ],
    ],
    [
      'for a batch of no records',
      [
        [t0, 0],
        [t0, 0],
        [t0, 1],
      ],
    ],
  ])('rise %s', (_, requests) => {
    expectRising(issue(requests));
  });

  it('continue from a stored clock, also below it', () => {
    const stored = nextVersion(fresh, t0, 3, 5);
    const [next] = issue([[t0 - 1_000, 1]], stored.clock);
    expect(next! > stored.version).toBe(true);
  });

  it('have fourteen characters and begin with the time', () => {
    const [version] = issue([[t0, 1]]);
    expect(version).toMatch(/^[0-9a-hjkmnp-tv-z]{14}$/);
    expect(versionMs(version!)).toBe(t0);
    expect(version! > noStamp).toBe(true);
  });

  it('of two instances differ at the same time and order by it first', () => {
    const [a, b] = [0, instancesMax - 1].map((instance) => nextVersion(fresh, t0, instance, 1).version);
    const later = nextVersion(fresh, t0 + 1, 0, 1).version;
    expectRising([a!, b!, later]);
  });

  it.each([-1, instancesMax, Number.NaN])('refuse the instance %d', (instance) => {
    expect(() => nextVersion(fresh, t0, instance, 1)).toThrow(RangeError);
  });
});

describe('stamps', () => {
  it.each<[string, readonly (readonly [number, number])[]]>([
    [
      'of thousands of records',
      [
        [t0, 5_000],
        [t0, 5_000],
        [t0 + 1, 5_000],
      ],
    ],
    [
      'of a batch that spills over several milliseconds',
      [
        [t0, 32_000],
        [t0, 70_000],
        [t0, 10],
        [t0 + 3, 10],
      ],
    ],
  ])('rise through positions and batches: %s', (_, requests) => {
    expectRising(allStamps(requests));
  });

  it('may be asked for in any order', () => {
    const [version] = issue([[t0, 70_000]]);
    const stampOf = stamper(version!, 7);
    const forward = [0, 32_767, 32_768, 69_999].map((position) => stampOf(position));
    expect([69_999, 32_768, 32_767, 0].map((position) => stampOf(position)).reverse()).toEqual(forward);
  });

  it('begin with the version at position 0, and order by revision within a place', () => {
    const [version] = issue([[t0, 2]]);
    const [old, renewed, last] = [0, 1, revisionMax].map((revision) => stamper(version!, revision)(0));
    expect(old!.slice(0, 14)).toBe(version);
    expectRising([old!, renewed!, last!, stamper(version!, 0)(1)]);
  });

  it('refuse a revision that they have no room for', () => {
    const [version] = issue([[t0, 1]]);
    expect(() => stamper(version!, revisionMax + 1)).toThrow(RangeError);
  });
});
