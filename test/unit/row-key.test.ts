import { describe, expect, it } from '@jest/globals';
import type { ColumnType, Member, Scalar } from '../../lambdas/domain/column-type.ts';
import { isKeyTooLong, joinKeyParts, renderKeyPart } from '../../lambdas/domain/mapping/row-key.ts';

type Part = readonly [ColumnType, Scalar | readonly Member[], string];

describe('a part of a key', () => {
  it.each<Part>([
    [{ type: 'string' }, 'a|b', 'a|b'],
    [{ type: 'bool' }, true, 'true'],
    [{ type: 'id' }, 9_007_199_254_740_993n, '9007199254740993'],
    [{ type: 'int' }, -7, '-7'],
    [{ type: 'decimal', scale: 0 }, 12, '12'],
    [{ type: 'decimal', scale: 2 }, 510, '5.1'],
    [{ type: 'decimal', scale: 2 }, 500, '5'],
    [{ type: 'decimal', scale: 2 }, 5, '0.05'],
    [{ type: 'decimal', scale: 2 }, -5, '-0.05'],
    [{ type: 'decimal', scale: 2 }, 0, '0'],
    [{ type: 'decimal', scale: 18 }, -9_223_372_036_854_775_808n, '-9.223372036854775808'],
    [{ type: 'timestamp', unit: 's' }, 1_659_981_468, '2022-08-08T17:57:48Z'],
    [{ type: 'timestamp', unit: 'ms' }, -500, '1969-12-31T23:59:59.5Z'],
    [{ type: 'timestamp', unit: 'us' }, 253_402_300_799_000_001n, '9999-12-31T23:59:59.000001Z'],
    [{ type: 'timestamp', unit: 'ns' }, -4_294_967_296_000_000_000n, '1833-11-24T17:31:44Z'],
    [{ type: 'timestamp', unit: 's' }, -62_135_596_799, '0001-01-01T00:00:01Z'],
    [{ type: 'stringset' }, ['b', 'a'], 'a,b'],
    [{ type: 'stringset' }, ['a,b', 'a\\'], 'a\\,b,a\\\\'],
    [{ type: 'idset' }, [10, 9, 2n ** 60n], '9,10,1152921504606846976'],
  ])('%j %p is %s', (type, value, text) => {
    expect(renderKeyPart(value, type)).toBe(text);
  });
});

describe('parts joined', () => {
  it.each([
    [['2', '4', '1'], '2|4|1'],
    [['a|b', 'c'], 'a\\|b|c'],
    [['a', 'b|c'], 'a|b\\|c'],
    [['a\\', 'b'], 'a\\\\|b'],
    [['a\\|b', 'c'], 'a\\\\\\|b|c'],
    [['a|b\\'], 'a|b\\'],
  ])('%j is %s', (parts, key) => {
    expect(joinKeyParts(parts)).toBe(key);
  });
});

describe('the limit of a key', () => {
  it.each([
    ['k'.repeat(2_048), false],
    ['k'.repeat(2_049), true],
    ['€'.repeat(682), false],
    ['€'.repeat(683), true],
    ['😀'.repeat(512), false],
    ['😀'.repeat(513), true],
  ])('counts UTF-8 bytes', (key, tooLong) => {
    expect(isKeyTooLong(key)).toBe(tooLong);
  });
});
