import { expect, it } from '@jest/globals';
import { wholeNumberText } from '../../lambdas/domain/coercion/whole-number-text.ts';

it.each<[value: unknown, text: string | undefined]>([
  [0, '0'],
  [-0, '0'],
  [-12, '-12'],
  [9_007_199_254_740_993n, '9007199254740993'],
  [2 ** 63, '9223372036854775807'],
  [-(2 ** 63), '-9223372036854775808'],
  [1e20, '100000000000000000000'],
  [1.5, undefined],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  ['0', '0'],
  ['-7', '-7'],
  ['9223372036854775807', '9223372036854775807'],
  ['100', '100'],
  ['', undefined],
  ['-', undefined],
  ['007', undefined],
  ['+7', undefined],
  ['7 ', undefined],
  [' 7', undefined],
  ['7.0', undefined],
  ['1e3', undefined],
  ['x7', undefined],
  [true, undefined],
  [null, undefined],
  [undefined, undefined],
  [[7], undefined],
])('%j as a whole number is %j', (value, text) => {
  expect(wholeNumberText(value)).toBe(text);
});
