import { expect, it } from '@jest/globals';
import type { Scalar } from '../../lambdas/domain/column-type.ts';
import { compareScalars } from '../../lambdas/domain/merge/scalar-order.ts';

const ordered: Readonly<Record<string, readonly (Scalar | null)[]>> = {
  numbers: [null, -9_223_372_036_854_775_808n, -1, 0, 2, 10, 9_007_199_254_740_992n, 9_007_199_254_740_993n],
  booleans: [null, false, true],
  texts: [
    null,
    '',
    '\0',
    '\0a',
    'A',
    'a',
    'a\0',
    'aa',
    'b',
    'é',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '\u{10000}',
    '\u{1f600}',
  ],
};

it.each(Object.entries(ordered))('orders %s, whichever stands first', (_, values) => {
  values.forEach((left, i) => {
    values.forEach((right, j) => {
      expect(Math.sign(compareScalars(left, right))).toBe(Math.sign(i - j));
    });
  });
});

it('orders texts as their UTF-8 bytes compare', () => {
  const texts = ordered['texts']!.filter((text) => typeof text === 'string');
  const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect([...texts].sort(compareScalars)).toEqual(byBytes);
});
