import { describe, expect, it } from '@jest/globals';
import { encodeTime, ulid } from 'ulid';
import { nextVersion } from '../../../lambdas/domain/version.ts';
import { acceptedMsOf, idAfterTime, idBeforeTime, isSelectedTime } from '../../../lambdas/use-cases/selected-times.ts';

const noon = Date.parse('2026-11-24T12:00:00.000Z');
const at = (ms: number) => new Date(noon + ms).toISOString();
const hourMs = 3_600_000;

describe('times of acceptance', () => {
  it.each([
    [{}, 0, true],
    [{ acceptedFrom: at(0) }, 0, true],
    [{ acceptedFrom: at(0) }, -1, false],
    [{ acceptedTo: at(0) }, -1, true],
    [{ acceptedTo: at(0) }, 0, false],
    [{ acceptedFrom: at(-5), acceptedTo: at(5) }, 4, true],
    [{ acceptedFrom: at(-5), acceptedTo: at(5) }, 5, false],
    [{ acceptedFrom: at(-5), acceptedTo: at(5) }, -6, false],
  ])('%o and %i ms from noon: %s', (selection, ms, expected) => {
    expect(isSelectedTime(selection, noon + ms)).toBe(expected);
  });

  it('are what a version begins with', () => {
    const { version } = nextVersion({ ms: 0, counter: 0 }, noon, 5, 1);
    expect(acceptedMsOf({ version })).toBe(noon);
  });
});

describe('texts around ids of a time', () => {
  it.each([0, 1, 999, hourMs - 1, hourMs])('hold those of the time itself and of %i ms beside it', (offMs) => {
    const [earlier, later] = [ulid(noon - offMs), ulid(noon + offMs)];
    expect(idBeforeTime(at(0)) <= earlier).toBe(true);
    expect(idAfterTime(at(0)) > later).toBe(true);
    expect(idAfterTime(at(0)) > `${later}-000999`).toBe(true);
  });

  it('leave out what is further off', () => {
    expect(idBeforeTime(at(0)) > ulid(noon - hourMs - 1)).toBe(true);
    expect(idAfterTime(at(0)) < ulid(noon + hourMs + 1)).toBe(true);
  });

  it.each(['0001-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])(
    'are there for %s too',
    (time) => {
      expect(idBeforeTime(time) <= idAfterTime(time)).toBe(true);
      expect(idAfterTime(time) >= encodeTime(0, 10)).toBe(true);
    },
  );
});
