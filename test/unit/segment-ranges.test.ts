import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalInteger } from '../../lambdas/domain/column-type.ts';
import { integerMax, integerMin } from '../../lambdas/domain/limits.ts';
import {
  type ColumnRange,
  rangeEnds,
  rangeOfTexts,
  rangeOfValues,
  rangeTextMax,
} from '../../lambdas/domain/segment-ranges.ts';
import { codePoint } from '../support/code-point.ts';

const long = 'x'.repeat(rangeTextMax);
const top = '\u{10ffff}'.repeat(rangeTextMax);
const utf8 = (text: string) => Buffer.from(text, 'utf8');
/** Texts that often begin alike, with characters on both sides of the surrogates. */
const near = fc.constantFrom('a', '\uD7FF', '\uE000', '\uFFFF', '\u{10000}', '\u{10FFFF}');
const texts = fc
  .tuple(
    fc.constantFrom('', long, '\u{1F600}'.repeat(16), '\uD7FF'.repeat(31)),
    fc.oneof(fc.string({ unit: codePoint }), fc.string({ unit: near, maxLength: 4 })),
  )
  .map(([begin, end]) => begin + end);

describe('ranges of a segment', () => {
  it.each<[string, readonly (number | bigint | boolean | null)[], ColumnRange]>([
    ['nothing', [], []],
    ['nulls', [null, null], []],
    ['one value', [5], ['5', '5']],
    ['numbers and nulls', [null, 10, 9, null, -2], ['-2', '10']],
    ['64-bit numbers', [integerMax, 0, integerMin], [String(integerMin), String(integerMax)]],
    ['booleans', [true, false], [false, true]],
  ])('of %s', (_, values, range) => {
    expect(rangeOfValues(values)).toEqual(range);
  });

  it.each<[string, readonly (string | null)[], ColumnRange | undefined]>([
    ['nulls', [null], []],
    ['short texts', ['b', 'a', null, 'ab'], ['a', 'b']],
    ['characters beyond the surrogates', ['\uFF21', '\u{1F600}'], ['\uFF21', '\u{1F600}']],
    ['long texts, cut and rounded up', [`${long}b`, `${long}a`], [long, `${long.slice(0, -1)}y`]],
    ['a text cut within a character', [`${long.slice(1)}\u{1F600}`], [long.slice(1), `${long.slice(2)}y`]],
    ['a long text that nothing short is above', [`${top}a`, 'a'], undefined],
    ['a character before the surrogates', ['\uD7FF'.repeat(33)], ['\uD7FF'.repeat(32), `${'\uD7FF'.repeat(31)}\uE000`]],
  ])('of %s', (_, values, range) => {
    expect(rangeOfTexts(values)).toEqual(range);
  });

  it('hold every text, in the order of UTF-8', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), (values) => {
        const range = rangeOfTexts(values);
        if (range === undefined) return;
        const [min, max] = range as readonly [string, string];
        for (const end of [min, max]) {
          expect(end.isWellFormed()).toBe(true);
          expect(end.length).toBeLessThanOrEqual(rangeTextMax + 1);
        }
        for (const value of values) {
          expect(Buffer.compare(utf8(min), utf8(value))).toBeLessThanOrEqual(0);
          expect(Buffer.compare(utf8(value), utf8(max))).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('come back as the scalars that they were made of', () => {
    const integers = fc.bigInt({ min: integerMin, max: integerMax }).map(normalInteger);
    fc.assert(
      fc.property(integers, (value) => {
        const stored = JSON.parse(JSON.stringify(rangeOfValues([value]))) as ColumnRange;
        expect(rangeEnds(stored, 'int')).toEqual({ min: value, max: value });
      }),
    );
    expect(rangeEnds([], 'int')).toBeUndefined();
    expect(rangeEnds([false, true], 'bool')).toEqual({ min: false, max: true });
    expect(rangeEnds(['5', '6'], 'string')).toEqual({ min: '5', max: '6' });
  });
});
