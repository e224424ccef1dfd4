import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { coercerOf, isMisfit } from '../../lambdas/domain/coercion/coercion.ts';
import { shown } from '../../lambdas/domain/coercion/misfit.ts';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import { parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
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
      } else {
        expect(coerced).toStrictEqual(line.missing ? undefined : exact(line.out ?? 'the line has no outcome'));
      }
    });
  });
}

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
