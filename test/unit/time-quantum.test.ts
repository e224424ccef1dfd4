import { describe, expect, it } from '@jest/globals';
import type { ColumnType, Quantum } from '../../lambdas/domain/column-type.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { bucketOf, oldestBuckets, truncateTime } from '../../lambdas/domain/merge/time-quantum.ts';
import { Problem } from '../../lambdas/domain/problem.ts';

describe('the bucket of a time', () => {
  it.each<[string, Quantum, string]>([
    ['2022-08-09T02:59:59.999Z', 'Y', '2022'],
    ['2022-08-09T02:59:59.999Z', 'YM', '2022-08'],
    ['2022-08-09T02:59:59.999Z', 'YMD', '2022-08-09'],
    ['2022-08-09T02:59:59.999Z', 'YMDH', '2022-08-09T02'],
    ['2022-08-09T02:59:59.999Z', 'M', '2022-08'],
    ['2022-08-09T02:59:59.999Z', 'MD', '2022-08-09'],
    ['2022-08-09T02:59:59.999Z', 'DH', '2022-08-09T02'],
    ['2022-08-09T02:59:59.999Z', 'H', '2022-08-09T02'],
    ['2022-08-09T00:30:00+02:00', 'YMD', '2022-08-08'],
    ['1969-12-31T23:59:59.999Z', 'YMDH', '1969-12-31T23'],
    ['0001-01-01T00:00:00Z', 'YMDH', '0001-01-01T00'],
    ['9999-12-31T23:59:59Z', 'YM', '9999-12'],
  ])('%s at %s is %s', (time, quantum, bucket) => {
    expect(bucketOf(Date.parse(time), quantum)).toBe(bucket);
  });
});

describe('the oldest bucket that counts', () => {
  const now = Date.parse('2022-08-09T02:30:00Z');
  const of = (type: ColumnType) => oldestBuckets([{ id: 'c1' as ColumnId, name: 'a', type }], now);

  it.each<[Quantum, string, string]>([
    ['YMDH', '24h', '2022-08-08T02'],
    ['YMDH', '30m', '2022-08-09T02'],
    ['YMDH', '30m1ns', '2022-08-09T01'],
    ['YMDH', '1ns', '2022-08-09T02'],
    ['YMD', '24h', '2022-08-08'],
    ['YMD', '50h30m', '2022-08-07'],
    ['YMD', '50h31m', '2022-08-06'],
    ['YM', '720h', '2022-07'],
    ['Y', '8760h', '2021'],
    ['Y', '2562047h', '1730'],
  ])('of a column by %s that lives %s is %s', (quantum, ttl, bucket) => {
    expect(of({ type: 'idsetq', quantum, ttl })).toEqual({ c1: bucket });
  });

  it.each<[ColumnType]>([
    [{ type: 'idsetq', quantum: 'YMD' }],
    [{ type: 'idsetq', quantum: 'YMD', ttl: '0s' }],
    [{ type: 'idsetq', quantum: 'YMD', noStandardView: true }],
    [{ type: 'idset' }],
  ])('of %j is none: all count', (type) => {
    expect(of(type)).toEqual({});
  });
});

describe('a time bound', () => {
  it.each<[string, Quantum, string]>([
    ['2019', 'Y', '2019'],
    ['2019', 'YMDH', '2019-01-01T00'],
    ['2019-08', 'YM', '2019-08'],
    ['2019-08', 'YMDH', '2019-08-01T00'],
    ['2019-08-04', 'YMD', '2019-08-04'],
    ['2019-08-04T14:36', 'YMDH', '2019-08-04T14'],
    ['2019-08-04T14', 'YMDH', '2019-08-04T14'],
    ['2019-08-04T14:36', 'YM', '2019-08'],
    ['2019-08-04T14:36:59.999Z', 'YMDH', '2019-08-04T14'],
    ['2019-08-04T00:30+02:00', 'YMDH', '2019-08-03T22'],
    ['2020-02-29', 'YMD', '2020-02-29'],
  ])('%s on a column of %s is %s', (text, quantum, bound) => {
    expect(truncateTime(text, quantum)).toBe(bound);
  });

  it.each([
    '',
    'now',
    '19',
    '2019-',
    '2019-13',
    '2019-8',
    '2019-02-30',
    '2019-08-04 14:36',
    '2019-08-04T25:00',
    '2019-08-04T14:36:00+2',
    '2019-08-04T14:36Z tail',
    `2019${'0'.repeat(100)}`,
  ])('%j is refused, and shown by at most 40 characters', (text) => {
    const refuse = () => truncateTime(text, 'YMDH');
    expect(refuse).toThrow(Problem);
    expect(refuse).toThrow(
      `'${text.slice(0, 40)}' is not a time: wanted 2019, 2019-08, 2019-08-04 or 2019-08-04T14:36.`,
    );
  });
});
