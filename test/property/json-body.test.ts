import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalInteger } from '../../lambdas/domain/column-type.ts';
import { parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
import { findJsonFault } from '../../lambdas/domain/json/json-fault.ts';

fc.configureGlobal({ numRuns: 300 });

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });
const wholeText = digits.map((text) => text.replace(/^0+(?=.)/, ''));
/** Numbers of every form, many of them beyond 2^53, some as large as the stand-ins of the exact parser. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    wholeText,
    fc.option(
      digits.map((text) => `.${text}`),
      { nil: '' },
    ),
    fc.option(
      fc.integer({ min: -310, max: 310 }).map((exponent) => `e${exponent}`),
      { nil: '' },
    ),
  )
  .map((parts) => parts.join(''));
/** Strings that look like numbers, and all that is hard about strings. */
const stringText = fc
  .oneof(
    fc.string({ unit: fc.constantFrom('"', '\\', ',', ':', ' ', '9007199254740993', 'e300'), maxLength: 6 }),
    fc.string(),
  )
  .map((text) => JSON.stringify(text));
const space = fc.constantFrom('', '', ' ', '\n\t  ');
const { text: jsonText } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('null', 'true', 'false'),
    numberText,
    stringText,
    fc
      .tuple(space, fc.array(tie('text'), { maxLength: 4 }))
      .map(([gap, items]) => `[${gap}${items.join(`${gap},`)}${gap}]`),
    fc
      .tuple(space, fc.array(fc.tuple(stringText, tie('text')), { maxLength: 4 }))
      .map(
        ([gap, members]) => `{${members.map(([name, value]) => `${gap}${name}${gap}:${gap}${value}`).join(',')}${gap}}`,
      ),
  ),
}));

describe('parseRecordsBody', () => {
  it('keeps exactly the whole numbers that a reviver with sources keeps', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(parseRecordsBody(text, true)).toStrictEqual(JSON.parse(text, keepWholeNumbers));
      }),
    );
  });

  it('is JSON.parse where nobody needs exact integers', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(parseRecordsBody(text, false)).toStrictEqual(JSON.parse(text));
      }),
    );
  });
});

describe('findJsonFault', () => {
  it('finds a fault exactly where JSON.parse does', () => {
    const cut = fc.tuple(
      jsonText,
      fc.nat(),
      fc.constantFrom('', '"', '\\', ',', ':', '}', ']', '{', '[', '0', '-', '.', 'e', 'x', '\n'),
    );
    fc.assert(
      fc.property(cut, ([text, place, insert]) => {
        const at = place % (text.length + 1);
        const broken = text.slice(0, at) + insert + text.slice(at + (place % 2));
        expect(findJsonFault(broken) === undefined).toBe(isJson(broken));
      }),
    );
  });
});

function keepWholeNumbers(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? '';
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d{16,39}$/.test(source)
    ? normalInteger(BigInt(source))
    : value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
