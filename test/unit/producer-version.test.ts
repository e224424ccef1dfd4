import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Misfit } from '../../lambdas/domain/coercion/misfit.ts';
import { producerVersionOf } from '../../lambdas/domain/coercion/producer-version.ts';
import { formatRfc3339 } from '../../lambdas/domain/coercion/rfc3339.ts';
import { normalInteger } from '../../lambdas/domain/column-type.ts';
import { parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
import { integerMax, integerMin } from '../../lambdas/domain/limits.ts';
import type { VersionKind } from '../../lambdas/domain/table.ts';
import { producerStampLength, stampLength } from '../../lambdas/domain/version.ts';
import { producerStamp } from '../support/producer-stamps.ts';

/** A JSON text as a records body has it. */
const read = (kind: VersionKind, json: string) => producerVersionOf(kind, parseRecordsBody(json, true));
const nanos = (text: string) => read('number', text);

describe('versions of producers as text', () => {
  const int64 = fc.oneof(
    fc.bigInt({ min: integerMin, max: integerMax }),
    fc.bigInt({ min: -(2n ** 31n), max: 2n ** 31n }),
    fc.constantFrom(integerMin, -(2n ** 53n), -(2n ** 30n), -1n, 0n, 1n, 2n ** 30n, 2n ** 53n, integerMax),
  );
  const near = fc.tuple(int64, fc.bigInt({ min: -3n, max: 3n })).map(([one, more]): [bigint, bigint] => {
    const other = one + more;
    return [one, other < integerMin || other > integerMax ? one : other];
  });
  const textOf = (version: bigint) => producerVersionOf('number', normalInteger(version)) as string;

  it('stand in the order of the numbers, and are equal where they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(int64, int64), near), ([one, other]) => {
        const [a, b] = [textOf(one), textOf(other)];
        expect(a).toMatch(/^[0-9a-f][0-9a-hjkmnp-tv-z]{12}$/);
        expect([a < b, a === b]).toEqual([one < other, one === other]);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [integerMin, '0000000000000'],
    [-1n, '7zzzzzzzzzzzz'],
    [0n, '8000000000000'],
    [1n, '8000000000001'],
    [2n ** 30n, '8000001000000'],
    [integerMax, 'fzzzzzzzzzzzz'],
  ])('%s is %s', (version, text) => {
    expect(textOf(version)).toBe(text);
  });

  it('come before the order of acceptance in a stamp, all of one length', () => {
    const stamps = [producerStamp(-5, 9), producerStamp(2, 1), producerStamp(2, 2), producerStamp(integerMax, 0)];
    expect(stamps.toSorted()).toEqual(stamps);
    expect(stamps.map(({ length }) => length)).toEqual(stamps.map(() => producerStampLength));
    expect(producerStampLength - stampLength).toBe(textOf(0n).length);
  });
});

describe('a version that is a number', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['7.0', 7n],
    ['1e3', 1_000n],
    ['-9223372036854775808', integerMin],
    ['9223372036854775807', integerMax],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['"9007199254740993"', 9_007_199_254_740_993n],
    ['" -12 "', -12n],
  ])('is read from %s to its last digit', (json, version) => {
    expect(read('number', json)).toBe(producerVersionOf('number', version));
  });

  it.each([
    ['1.5', 'wrong_type'],
    ['"1.5"', 'wrong_type'],
    ['7.0000000000000000001', 'wrong_type'],
    ['1e400', 'wrong_type'],
    ['true', 'wrong_type'],
    ['"2022-08-08T17:57:48Z"', 'wrong_type'],
    ['[1]', 'wrong_type'],
    ['{}', 'wrong_type'],
    ['" "', 'wrong_type'],
    ['9223372036854775808', 'out_of_range'],
    ['-9223372036854775809', 'out_of_range'],
    ['1e30', 'out_of_range'],
    ['"92233720368547758070"', 'out_of_range'],
  ])('cannot be %s', (json, reason) => {
    const misfit = read('number', json);
    expect(misfit).toBeInstanceOf(Misfit);
    expect(misfit).toMatchObject({ reason, message: expect.stringContaining('field = _version, value ') });
  });
});

describe('a version that is a time', () => {
  it.each([
    ['"1970-01-01T00:00:00Z"', '0'],
    ['"2022-08-08T17:57:48.123456789Z"', '1659981468123456789'],
    ['"2022-08-08T19:57:48.1+02:00"', '1659981468100000000'],
    ['"1969-12-31T23:59:59.999999999Z"', '-1'],
    ['"1677-09-21T00:12:43.145224192Z"', '-9223372036854775808'],
    ['"2262-04-11T23:47:16.854775807Z"', '9223372036854775807'],
    ['1659981468123', '1659981468123000000'],
    ['-1', '-1000000'],
    ['"1659981468123"', '1659981468123000000'],
    ['9223372036854', '9223372036854000000'],
    ['-9223372036854', '-9223372036854000000'],
  ])('is read from %s to the nanosecond', (json, wanted) => {
    expect(read('time', json)).toBe(nanos(wanted));
  });

  it('reads every number as milliseconds, however small, so that their order is that of the numbers', () => {
    const ms = fc.integer({ min: -9_223_372_036_854, max: 9_223_372_036_854 });
    fc.assert(
      fc.property(ms, ms, (one, other) => {
        const [a, b] = [one, other].map((value) => producerVersionOf('time', value) as string) as [string, string];
        expect([a < b, a === b]).toEqual([one < other, one === other]);
        const text = formatRfc3339({
          seconds: Math.floor(one / 1_000),
          nanos: (((one % 1_000) + 1_000) % 1_000) * 1e6,
        });
        expect(producerVersionOf('time', text)).toBe(a);
      }),
    );
  });

  it.each([
    ['"2022-08-08"', 'wrong_type'],
    ['"yesterday"', 'wrong_type'],
    ['"2022-08-08T17:57:48.1234567891Z"', 'wrong_type'],
    ['1659981468123.5', 'wrong_type'],
    ['true', 'wrong_type'],
    ['["2022-08-08T17:57:48Z"]', 'wrong_type'],
    ['"1677-09-21T00:12:43.145224191Z"', 'out_of_range'],
    ['"2262-04-11T23:47:16.854775808Z"', 'out_of_range'],
    ['"9999-12-31T23:59:59Z"', 'out_of_range'],
    ['9223372036855', 'out_of_range'],
    ['-9223372036855', 'out_of_range'],
    ['9223372036854775808', 'out_of_range'],
  ])('cannot be %s', (json, reason) => {
    const misfit = read('time', json);
    expect(misfit).toBeInstanceOf(Misfit);
    expect(misfit).toMatchObject({ reason, message: expect.stringContaining('field = _version, value ') });
  });
});

it.each<[VersionKind, unknown]>([
  ['number', null],
  ['number', ''],
  ['number', undefined],
  ['time', null],
  ['time', ''],
  ['time', undefined],
])('a %s of %j is no version', (kind, value) => {
  expect(producerVersionOf(kind, value)).toBeUndefined();
});
