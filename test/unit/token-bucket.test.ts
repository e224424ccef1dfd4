import { describe, expect, it } from '@jest/globals';
import { quotaClockSkewMsMax } from '../../lambdas/domain/limits.ts';
import { fullAtMs, type Level, leaseFrom, nothing, refill } from '../../lambdas/domain/quota/token-bucket.ts';
import { aQuota, request } from '../support/a-quota.ts';

const t = 1_000_000;
const quota = aQuota({ records: 100 }, 10);
const levelOf = (records: number, atMs = t): Level => ({ atMs, left: { records } });

describe('the bucket of a quota', () => {
  it.each<[string, Level | undefined, number, Level]>([
    ['is full where nothing was taken', undefined, t, levelOf(1_000)],
    ['fills at its rate', levelOf(200), t + 2_500, levelOf(450, t + 2_500)],
    ['fills up and no further', levelOf(900), t + 60_000, levelOf(1_000, t + 60_000)],
    ['fills out of debt', levelOf(-300), t + 1_000, levelOf(-200, t + 1_000)],
    ['fills by the clock that is ahead', levelOf(200), t - 1_000, levelOf(200)],
    ['goes on where a clock was far ahead', levelOf(200, t + quotaClockSkewMsMax + 1), t, levelOf(200)],
    ['is full in a unit that was not bounded before', { atMs: t, left: { bytes: 3 } }, t, levelOf(1_000)],
  ])('%s', (_name, before, nowMs, after) => {
    expect(refill(before, quota, nowMs)).toEqual(after);
  });

  it('gives what is needed, and a surplus as far as it is there', () => {
    const lease = (left: number, needed: number, surplus: number) =>
      leaseFrom(levelOf(left), quota, { needed: request(needed), surplus: { ...nothing, records: surplus } }, t);
    expect(lease(500, 100, 50)).toMatchObject({ granted: true, level: levelOf(350), taken: { records: 150 } });
    expect(lease(500, 480, 50)).toMatchObject({ granted: true, level: levelOf(0), taken: { records: 500 } });
    expect(lease(500, 500, 50)).toMatchObject({ granted: true, level: levelOf(0), taken: { records: 500 } });
  });

  it('says how long to wait, by the unit that is the furthest behind', () => {
    expect(leaseFrom(levelOf(-50), quota, { needed: request(100), surplus: nothing }, t)).toEqual({
      granted: false,
      waitMs: 1_500,
    });
    const both = aQuota({ records: 100, bytes: 1_000 }, 10);
    const level = { atMs: t, left: { records: 90, bytes: 2_000 } };
    expect(leaseFrom(level, both, { needed: request(100, 9_000), surplus: nothing }, t)).toEqual({
      granted: false,
      waitMs: 7_000,
    });
    expect(leaseFrom(level, both, { needed: request(50, 2_000), surplus: nothing }, t)).toMatchObject({
      granted: true,
    });
  });

  it('tells a clock that is behind to wait until the bucket fills for it', () => {
    const lease = leaseFrom(levelOf(0, t + 300), quota, { needed: request(100), surplus: nothing }, t);
    expect(lease).toEqual({ granted: false, waitMs: 1_300 });
  });

  it('lets a request larger than itself pass when it is full, and is in debt for it', () => {
    expect(leaseFrom(levelOf(999), quota, { needed: request(2_500), surplus: nothing }, t)).toEqual({
      granted: false,
      waitMs: 10,
    });
    const lease = leaseFrom(levelOf(1_000), quota, { needed: request(2_500), surplus: nothing }, t);
    expect(lease).toMatchObject({ granted: true, level: levelOf(-1_500) });
    expect(fullAtMs(levelOf(-1_500), quota)).toBe(t + 25_000);
  });

  it('asks nothing of a unit that the request has none of', () => {
    const both = aQuota({ records: 100, requests: 10 });
    const level = { atMs: t, left: { records: -500, requests: 1 } };
    expect(leaseFrom(level, both, { needed: request(0), surplus: nothing }, t)).toMatchObject({
      granted: true,
      level: { left: { records: -500, requests: 0 } },
    });
  });
});
