import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { coercerOf, isMisfit } from '../../lambdas/domain/coercion/coercion.ts';
import { type Misfit, shown } from '../../lambdas/domain/coercion/misfit.ts';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import { parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
import { rowBytesMax } from '../../lambdas/domain/limits.ts';
import type { ReadAs } from '../../lambdas/domain/sink.ts';

/** A line of test/fixtures/coercion. `in` and `out` are JSON text, so that 64-bit integers survive. */
interface Case {
  readonly in: string;
  readonly type: ColumnType;
  readonly readAs?: ReadAs;
  readonly out?: string;
  readonly missing?: true;
  readonly rejected?: 'wrong_type' | 'out_of_range';
  readonly message?: string;
  readonly want?: string;
}

const folder = new URL('../fixtures/coercion/', import.meta.url);

for (const file of readdirSync(folder)) {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[];
  describe(file.replace('.json', ''), () => {
    it.each(cases.map((line) => [titleOf(line), line] as const))('%s', (_, line) => {
      const coerced = coercerOf(line.type, 'c', line.readAs)(exact(line.in));
      if (line.rejected !== undefined) {
        expect(isMisfit(coerced) ? coerced.reason : coerced).toBe(line.rejected);
        if (line.message !== undefined) expect(isMisfit(coerced) && coerced.message).toBe(line.message);
        if (line.want !== undefined) expect(isMisfit(coerced) && coerced.want).toBe(line.want);
      } else {
        expect(coerced).toStrictEqual(line.missing ? undefined : exact(line.out ?? 'the line has no outcome'));
      }
    });
  });
}

describe('a text longer than a row may be', () => {
  const long = 'x'.repeat(rowBytesMax + 1);

  it.each([
    ['a string', { type: 'string' }, long],
    ['a member of a set', { type: 'stringset' }, ['a', long]],
    ['the one text of a set', { type: 'stringset' }, long],
  ] as const)('is refused as %s, by its size and not by its content', (_, type, value) => {
    const misfit = coercerOf(type, 'c')(value);
    expect(misfit).toMatchObject({ reason: 'row_too_large' });
    expect((misfit as Misfit).message).toMatch(/has 380001 bytes: at most 380000 bytes/);
    expect(JSON.stringify(misfit).length).toBeLessThan(500);
  });

  it('is one of more bytes than that: the longest is taken as it is', () => {
    expect(coercerOf({ type: 'string' }, 'c')(long.slice(1))).toBe(long.slice(1));
    expect(coercerOf({ type: 'stringset' }, 'c')([long.slice(1)])).toEqual([long.slice(1)]);
  });
});

it.each<[string, ColumnType, ReadAs, string]>([
  ['a layout that is none', { type: 'timestamp', unit: 's' }, { layout: 'YYYY' }, 'layout "YYYY": it names no year'],
  [
    'a layout of a dateInt that is none',
    { type: 'int' },
    { countedIn: '1s', layout: '' },
    'layout "": it names no year',
  ],
  ['no time at all', { type: 'int' }, { countedIn: '0s' }, 'a dateInt cannot count 0s'],
  ['what is no duration', { type: 'int' }, { countedIn: 'day' }, 'a dateInt cannot count day'],
])('a time is read by %s never', (_, type, readAs, message) => {
  expect(() => coercerOf(type, 'c', readAs)).toThrow(message);
});

it('a timestamp counts from no epoch that is no time', () => {
  expect(() => coercerOf({ type: 'timestamp', unit: 's', epoch: '2000' }, 'c')).toThrow('epoch "2000" is not RFC 3339');
});

describe('what an error shows of a value', () => {
  it.each([
    ['a text that is too long is cut', 'x'.repeat(1_000), `"${'x'.repeat(37)}…"`],
    ['a text of 38 characters fits with its quotes', 'y'.repeat(38), `"${'y'.repeat(38)}"`],
    ['quotes and line breaks are escaped', '"\n', '"\\"\\n"'],
    ['a list shows its length only', [1, 2, 3], 'an array of 3'],
    ['an object shows nothing of itself', { password: 'secret' }, 'an object'],
    ['a number of many digits is cut', 10n ** 50n, `1${'0'.repeat(38)}…`],
    ['nothing at all', undefined, 'nothing'],
  ])('%s', (_, value, text) => {
    expect(shown(value)).toBe(text);
  });
});

function titleOf({ type, readAs, in: text, out, missing, rejected }: Case): string {
  const { type: name, ...options } = type;
  const how = JSON.stringify({ ...options, ...(readAs ? { readAs } : {}) });
  return `${name} ${how} ${text} -> ${rejected ?? (missing ? 'missing' : out)}`;
}

function exact(text: string): unknown {
  return parseRecordsBody(text, true);
}
