import { describe, expect, it } from '@jest/globals';
import { parseGoDuration } from '../../lambdas/domain/coercion/go-duration.ts';
import { compileGoLayout } from '../../lambdas/domain/coercion/go-layout.ts';
import { formatRfc3339 } from '../../lambdas/domain/coercion/rfc3339.ts';
import { readFixture } from '../support/read-fixture.ts';

interface LayoutCase {
  readonly layout: string;
  readonly text?: string;
  /** Absent where the text is not in the layout. */
  readonly is?: string;
  /** Why no such layout is taken. */
  readonly says?: string;
}

const cases = readFixture<LayoutCase[]>('go-layouts.json');
const taken = cases.filter(({ says }) => says === undefined);
const refused = cases.filter(({ says }) => says !== undefined);

describe('a Go time layout', () => {
  it.each(taken)('$layout reads $text as $is', ({ layout, text, is }) => {
    const read = compileGoLayout(layout);
    if (typeof read === 'string') throw new Error(read);
    const instant = read(text!);
    expect(instant && formatRfc3339(instant)).toBe(is);
  });

  it.each(refused)('$layout is refused: $says', ({ layout, says }) => {
    expect(compileGoLayout(layout)).toEqual(expect.stringContaining(says!));
  });

  it('reads one text after the other: nothing of one stays for the next', () => {
    const read = compileGoLayout('2006-01-02 3:04PM');
    if (typeof read === 'string') throw new Error(read);
    expect(read('2022-12-31 1:59PM')).toEqual({ seconds: Date.parse('2022-12-31T13:59Z') / 1_000, nanos: 0 });
    expect(read('2022-12-31 1:59')).toBeUndefined();
    expect(read('1970-01-01 12:00AM')).toEqual({ seconds: 0, nanos: 0 });
  });
});

describe('a Go duration', () => {
  it.each([
    ['24h', 86_400_000_000_000n],
    ['1h30m', 5_400_000_000_000n],
    ['1.5s', 1_500_000_000n],
    ['.5ms', 500_000n],
    ['1.h', 3_600_000_000_000n],
    ['3us2ns', 3_002n],
    ['3µs', 3_000n],
    ['1.9999999999999ns', 1n],
    ['0', 0n],
    ['0s', 0n],
    ['2562047h47m16.854775807s', 9_223_372_036_854_775_807n],
  ])('%s', (text, nanos) => {
    expect(parseGoDuration(text)).toBe(nanos);
  });

  it.each(['', '5', '-1h', '+1h', '1d', '1 h', 'h', '.h', 'soon', '2562047h47m16.854775808s', `${'1h'.repeat(40)}`])(
    '%s is none',
    (text) => {
      expect(parseGoDuration(text)).toBeUndefined();
    },
  );
});
