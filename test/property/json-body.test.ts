import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactJson } from '../../lambdas/domain/json/exact-json.ts';
import { parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
import { findJsonFault } from '../../lambdas/domain/json/json-fault.ts';
import { LongDecimal } from '../../lambdas/domain/json/long-decimal.ts';

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
  it('keeps exactly the digits that a reviver with sources keeps', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(parseRecordsBody(text, true)).toStrictEqual(JSON.parse(text, keepDigits));
      }),
    );
  });

  it('is JSON.parse where nobody needs exact numbers', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(parseRecordsBody(text, false)).toStrictEqual(JSON.parse(text));
      }),
    );
  });
});

describe('exactJson', () => {
  it('writes what reads as the same numbers again', () => {
    fc.assert(
      fc.property(fc.array(numberText), (texts) => {
        // Infinity is null in JSON, and -0 is 0.
        const body = parseRecordsBody(`[${texts.join(',')}]`, true) as unknown[];
        const numbers = body.filter((each) => each !== 0 && Math.abs(Number(each)) < Infinity);
        expect(parseRecordsBody(exactJson(numbers), true)).toStrictEqual(numbers);
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

/** The rules by arithmetic: the number as a fraction of whole numbers. */
function keepDigits(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const source = context?.source ?? '';
  const [mantissa = '', exponent = '0'] = source.split('e');
  const places = (mantissa.split('.')[1] ?? '').length - Number(exponent);
  const digits = BigInt(mantissa.replace('.', ''));
  const numerator = digits * 10n ** BigInt(Math.max(0, -places));
  const denominator = 10n ** BigInt(Math.max(0, places));
  const whole = numerator / denominator;
  const size = whole < 0n ? -whole : whole;
  if (whole * denominator !== numerator) {
    const significant = String(digits).replace(/^-?0*|0+$/g, '').length;
    const isKept = significant <= 15 || String(value) === source || value === 0 || size >= 10n ** 39n;
    return isKept ? value : new LongDecimal(source);
  }
  const isKept = Number.isSafeInteger(value) || size >= 10n ** (source === mantissa && !/\./.test(source) ? 39n : 21n);
  return isKept ? value : whole;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
