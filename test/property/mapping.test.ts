import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coercerOf, isMisfit } from '../../lambdas/domain/coercion/coercion.ts';
import { compileGoLayout, type ReadTime } from '../../lambdas/domain/coercion/go-layout.ts';
import { formatRfc3339, parseRfc3339 } from '../../lambdas/domain/coercion/rfc3339.ts';
import { countOf, instantOf } from '../../lambdas/domain/coercion/timestamp-unit.ts';
import { type ColumnType, normalInteger } from '../../lambdas/domain/column-type.ts';
import type { ColumnId, SinkId, TableId } from '../../lambdas/domain/ids.ts';
import { parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
import { LongDecimal } from '../../lambdas/domain/json/long-decimal.ts';
import { integerMax, integerMin } from '../../lambdas/domain/limits.ts';
import { joinKeyParts } from '../../lambdas/domain/mapping/row-key.ts';
import { compileMapping } from '../../lambdas/domain/mapping.ts';
import type { KeySpec, Mapping, MappingItem, ReadAs } from '../../lambdas/domain/sink.ts';
import { codePoint } from '../support/code-point.ts';

fc.configureGlobal({ numRuns: 200 });

const int64 = fc.bigInt({ min: integerMin, max: integerMax });
const unit = fc.constantFrom('s', 'ms', 'us', 'ns');
const columnType: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.constantFrom<ColumnType>({ type: 'id' }, { type: 'int' }, { type: 'string' }, { type: 'bool' }),
  fc.constantFrom<ColumnType>({ type: 'idset' }, { type: 'stringset' }, { type: 'stringsetq', quantum: 'YMD' }),
  fc.nat(18).map((scale) => ({ type: 'decimal', scale }) as const),
  unit.map((each) => ({ type: 'timestamp', unit: each }) as const),
);
/** A type and how a /v1 sink may say that its values are read. */
const typed: fc.Arbitrary<Pick<MappingItem, 'type' | 'readAs'>> = fc.oneof(
  { weight: 3, arbitrary: columnType.map((type) => ({ type })) },
  fc.constantFrom<Pick<MappingItem, 'type' | 'readAs'>>(
    { type: { type: 'idset' }, readAs: { signed: true } },
    { type: { type: 'stringset' }, readAs: { oneMember: true } },
    { type: { type: 'int' }, readAs: { countedIn: '24h' } },
    {
      type: { type: 'int', min: '0' },
      readAs: { countedIn: '15m', epoch: '2000-01-01T00:00:00Z', layout: '20060102' },
    },
    { type: { type: 'timestamp', unit: 'ms' }, readAs: {} },
    { type: { type: 'timestamp', unit: 'ns' }, readAs: { unit: 'd', epoch: '2000-01-01T00:00:00Z' } },
    { type: { type: 'timestamp', unit: 's' }, readAs: { layout: '2 Jan 2006 3:04PM -0700' } },
  ),
);
const timeReadAs = fc.constantFrom<ReadAs>({}, { unit: 'h' }, { layout: '2006-01-02T15:04:05Z' });
/** Few names, so that paths often lead somewhere; some are names that every object inherits. */
const name = fc.constantFrom('a', 'b', 'c', '_id', '__proto__', 'constructor', 'toString');
const path = fc.array(name, { minLength: 1, maxLength: 3 });
const key: fc.Arbitrary<KeySpec> = fc.oneof(
  fc.record({ kind: fc.constant('id' as const), name, path }),
  fc.record({ kind: fc.constant('string' as const), name, path }),
  fc.record({
    kind: fc.constant('compound' as const),
    parts: fc.array(fc.record({ name, path, type: columnType }), { minLength: 1, maxLength: 3 }),
  }),
);
const mapping: fc.Arbitrary<Mapping> = fc.record(
  {
    sinkId: fc.constant('sink' as SinkId),
    revision: fc.constant(1),
    tableId: fc.constant('table' as TableId),
    key,
    items: fc.array(
      fc
        .tuple(fc.record({ columnId: fc.constant('c1' as ColumnId), name, path }), typed)
        .map(([item, how]) => ({ ...item, ...how })),
      { maxLength: 4 },
    ),
    timeQuantum: fc.record({ path, readAs: timeReadAs }, { requiredKeys: ['path'] }),
    allowMissingFields: fc.boolean(),
  },
  { requiredKeys: ['sinkId', 'revision', 'tableId', 'key', 'items', 'allowMissingFields'] },
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, '', '5', '1,2', '2022-08-08T17:57:48Z', '\ud800'),
    fc.string({ unit: codePoint }),
    fc.double({ noNaN: true }),
    int64.map(normalInteger),
    fc.constantFrom('5.0000000000000000001', '-12345678901234.5678').map((source) => new LongDecimal(source)),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map(objectOf),
}));

describe('any mapping over any JSON', () => {
  const record = fc.oneof(
    json.value,
    json.object.map((value) => ({ value })),
    json.object.map((value) => ({ op: 'delete', value })),
  );

  it('gives a row or a rejection, and neither throws nor changes the record', () => {
    fc.assert(
      fc.property(mapping, record, (each, input) => {
        const before = structuredClone(input);
        const outcome = compileMapping(each)(input);
        expect(input).toEqual(before);
        if (outcome.kind === 'row') {
          expect(outcome.values).toHaveLength(outcome.op === 'put' ? each.items.length : 0);
        } else if (outcome.kind === 'rejected') {
          expect(outcome.got.length).toBeLessThanOrEqual(40);
          expect(outcome.pointer === '' || outcome.pointer.startsWith('/')).toBe(true);
        } else throw new Error('a mapping drops nothing');
      }),
    );
  });

  it('never reaches beyond the record', () => {
    fc.assert(
      fc.property(mapping, (each) => {
        const outcome = compileMapping(each)({ value: {} });
        expect(outcome).toMatchObject({ kind: 'rejected', reason: 'missing_key' });
      }),
    );
  });
});

describe('members by the sign of a number', () => {
  it('go in above zero and out below, by the same number', () => {
    const coerce = coercerOf({ type: 'idset' }, 'c', { signed: true });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: integerMax }), (whole) => {
        expect(coerce(normalInteger(whole))).toEqual([normalInteger(whole)]);
        expect(coerce(normalInteger(-whole))).toEqual({ removed: [normalInteger(whole)] });
        expect(coerce(String(-whole))).toEqual({ removed: [normalInteger(whole)] });
      }),
    );
  });
});

describe('whole numbers', () => {
  it.each(['int', 'string'] as const)('64 bits go from the body into a column of type %s', (type) => {
    const coerce = coercerOf({ type }, 'c');
    fc.assert(
      fc.property(int64, (whole) => {
        const [number, text] = parseRecordsBody(`[${whole},"${whole}"]`, true) as unknown[];
        const stored = type === 'string' ? String(whole) : normalInteger(whole);
        expect(coerce(number)).toBe(stored);
        expect(coerce(text)).toBe(stored);
      }),
    );
  });
});

describe('decimals', () => {
  const scale = fc.nat(18);
  const decimal = fc
    .tuple(
      fc.constantFrom('', '-'),
      fc.bigInt({ min: 0n, max: 10n ** 20n }),
      fc.nat(20),
      fc.integer({ min: -25, max: 5 }),
    )
    .map(([sign, digits, places, exponent]) => ({ sign, digits, places, exponent }));

  it('text and numbers are cut at the scale by their digits', () => {
    fc.assert(
      fc.property(scale, decimal, (digitsAfter, { sign, digits, places, exponent }) => {
        const plain = String(digits).padStart(places + 1, '0');
        const point = plain.length - places;
        const text = `${sign}${plain.slice(0, point)}.${plain.slice(point) || '0'}e${exponent}`;
        const shift = digitsAfter + exponent - places;
        const size = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
        const scaled = sign === '-' ? -size : size;
        const fits = scaled >= integerMin && scaled <= integerMax;
        for (const value of parseRecordsBody(`["${text}",${text}]`, true) as unknown[]) {
          const coerced = coercerOf({ type: 'decimal', scale: digitsAfter }, 'c')(value);
          expect(isMisfit(coerced) ? coerced.reason : coerced).toBe(fits ? normalInteger(scaled) : 'out_of_range');
        }
      }),
    );
  });

  it.each([
    ['any', fc.double({ noNaN: true, noDefaultInfinity: true })],
    ['few digits', fc.tuple(fc.integer(), fc.nat(8)).map(([whole, places]) => Number(`${whole}e-${places}`))],
    ['many digits', fc.double({ noNaN: true, min: -1e6, max: 1e6 })],
  ])('a number is what its shortest text is: %s', (_, numbers) => {
    fc.assert(
      fc.property(scale, numbers, (digitsAfter, value) => {
        const coerce = coercerOf({ type: 'decimal', scale: digitsAfter }, 'c');
        const [number, text] = [coerce(value), coerce(String(value))];
        expect(isMisfit(number) ? number.reason : number).toBe(isMisfit(text) ? text.reason : text);
      }),
    );
  });
});

describe('times', () => {
  const instant = fc.record({
    seconds: fc.integer({ min: -62_135_596_799, max: 253_402_300_798 }),
    nanos: fc.nat(999_999_999),
  });

  it('RFC 3339 text and back', () => {
    fc.assert(
      fc.property(instant, (each) => {
        expect(parseRfc3339(formatRfc3339(each))).toEqual(each);
      }),
    );
  });

  it('text is what Date makes of it, in whole milliseconds', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }),
        fc.integer({ min: -1439, max: 1439 }),
        (date, offset) => {
          const east = `${offset < 0 ? '-' : '+'}${clock(Math.abs(offset))}`;
          const text = date.toISOString().replace('Z', east);
          const read = parseRfc3339(text);
          expect(read && read.seconds * 1_000 + read.nanos / 1_000_000).toBe(Date.parse(text));
        },
      ),
    );
  });

  it('text in a layout is what it is in RFC 3339', () => {
    const layouts = ['Mon, 02 Jan 2006 15:04:05.999999999 -0700', '2006-002 03.04.05.000000000pm', '20060102150405'];
    const read = layouts.map((layout) => compileGoLayout(layout) as ReadTime);
    fc.assert(
      fc.property(instant, ({ seconds, nanos }) => {
        const date = new Date(seconds * 1_000);
        const [weekday, day, month] = date.toUTCString().split(/[ ,]+/);
        const [year, clockText, yearStart] = [
          date.toISOString().slice(0, 4),
          date.toISOString().slice(11, 19),
          Date.parse(`${date.toISOString().slice(0, 4)}-01-01T00:00:00Z`),
        ];
        const fraction = `.${String(nanos).padStart(9, '0')}`;
        const yearDay = String(Math.floor((date.getTime() - yearStart) / 86_400_000) + 1).padStart(3, '0');
        const hour = date.getUTCHours();
        const half = `${String(hour % 12 || 12).padStart(2, '0')}${clockText.slice(2).replaceAll(':', '.')}`;
        const texts = [
          `${weekday}, ${day} ${month} ${year} ${clockText}${fraction} +0000`,
          `${year}-${yearDay} ${half}${fraction}${hour < 12 ? 'am' : 'pm'}`,
          `${date.toISOString().slice(0, 19).replace(/\D/g, '')}${fraction}`,
        ];
        for (const [i, text] of texts.entries()) expect([text, read[i]!(text)]).toEqual([text, { seconds, nanos }]);
      }),
    );
  });

  it('a count of any unit and back', () => {
    fc.assert(
      fc.property(unit, int64, (each, count) => {
        const seconds = instantOf(normalInteger(count), each).seconds;
        fc.pre(Math.abs(seconds) < 1e12);
        expect(countOf(instantOf(normalInteger(count), each), each)).toBe(normalInteger(count));
      }),
    );
  });
});

describe('compound keys', () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '|', '\\'), maxLength: 4 }), {
    minLength: 2,
    maxLength: 2,
  });

  it('two keys are one only if all parts are', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(joinKeyParts(one) === joinKeyParts(other)).toBe(one.join('\0') === other.join('\0'));
      }),
    );
  });
});

/** As JSON.parse makes it: `__proto__` is a name like any other. */
function objectOf(members: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [member, value] of members) {
    Object.defineProperty(object, member, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
