import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { ColumnId, SinkId, TableId } from '../../lambdas/domain/ids.ts';
import { exactJson } from '../../lambdas/domain/json/exact-json.ts';
import { needsExactNumbers, parseRecordsBody } from '../../lambdas/domain/json/json-body.ts';
import { findJsonFault } from '../../lambdas/domain/json/json-fault.ts';
import { LongDecimal } from '../../lambdas/domain/json/long-decimal.ts';
import { jsonDepthMax } from '../../lambdas/domain/limits.ts';
import { Problem } from '../../lambdas/domain/problem.ts';
import type { KeySpec, Mapping } from '../../lambdas/domain/sink.ts';
import { readFixture } from '../support/read-fixture.ts';

interface Broken {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly wanted: string;
}

/** How a number comes out, as text and as JSON (as it came, if not given). */
interface Kept {
  readonly text: string;
  readonly as: 'number' | 'bigint' | 'long';
  readonly shown: string;
  readonly json?: string;
}

const brokenFile = new URL('../fixtures/json-body/broken.json', import.meta.url);
const broken = JSON.parse(readFileSync(brokenFile, 'utf8')) as Broken[];

describe('a body that is no JSON', () => {
  it.each(broken)('$text', ({ text, ...fault }) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(findJsonFault(text)).toEqual(fault);
    expect(problemOf(text)).toMatchObject({ kind: 'invalid_body' });
  });

  it('names line and column, what was found and what was expected', () => {
    expect(problemOf('{"records":[\n  {"value":{"a":}}\n]}')?.message).toBe(
      'The body is not JSON: at line 2, column 17 stands "}" where a value was expected.',
    );
  });

  it.each(['1e999', '"\u2028"', '[[],{}, null,true , false,-0.5E+3,"\\u00e9\\/\\\\"]', ' \t\r\n{"a":{"b":[]}}\n'])(
    'no fault is found in %s',
    (text) => {
      expect(findJsonFault(text)).toBeUndefined();
    },
  );

  it('a fault behind a great depth is found without a call per level', () => {
    const depth = 200_000;
    expect(findJsonFault(`${'['.repeat(depth)}x`)).toMatchObject({ line: 1, column: depth + 1, found: '"x"' });
  });
});

describe('depth', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const nestedObjects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  it.each([nested(jsonDepthMax), nestedObjects(jsonDepthMax)])('up to the limit is taken', (text) => {
    expect(parseRecordsBody(text, true)).toEqual(JSON.parse(text));
  });

  it.each([nested(jsonDepthMax + 1), nestedObjects(jsonDepthMax + 1), nested(200_000)])(
    'above it is refused',
    (text) => {
      expect(problemOf(text)).toMatchObject({
        kind: 'invalid_body',
        message: 'The body nests deeper than 100 lists and objects.',
      });
    },
  );

  it('brackets inside strings do not count', () => {
    expect(parseRecordsBody(JSON.stringify('['.repeat(1_000)), true)).toBe('['.repeat(1_000));
  });
});

describe('numbers that a double would round', () => {
  it.each([
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992n],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['-9007199254740993', -9_007_199_254_740_993n],
    ['[9223372036854775807,1]', [9_223_372_036_854_775_807n, 1]],
    ['{"a":{"b":[{"c":9007199254740993}]}}', { a: { b: [{ c: 9_007_199_254_740_993n }] } }],
    ['[0.1234567890123456789,9007199254740993]', [new LongDecimal('0.1234567890123456789'), 9_007_199_254_740_993n]],
    [
      '[9007199254740993.5,9007199254740993e0,9007199254740993.0]',
      [new LongDecimal('9007199254740993.5'), 9_007_199_254_740_993n, 9_007_199_254_740_993n],
    ],
    ['[1e300,2e300,-1e300,1e-300,9007199254740993]', [1e300, 2e300, -1e300, 1e-300, 9_007_199_254_740_993n]],
    ['1e300', 1e300],
    ['[1e999,-1e999]', [Infinity, -Infinity]],
    ['[1e0000000000000000001,9007199254740993]', [10, 9_007_199_254_740_993n]],
    ['["9007199254740993",9007199254740993]', ['9007199254740993', 9_007_199_254_740_993n]],
    ['["\\"9007199254740993,",9007199254740993]', ['"9007199254740993,', 9_007_199_254_740_993n]],
    ['["\\\\",9007199254740993,"\\\\\\" 9007199254740995 "]', ['\\', 9_007_199_254_740_993n, '\\" 9007199254740995 ']],
    ['{"9007199254740993":9007199254740995}', { '9007199254740993': 9_007_199_254_740_995n }],
    ['{"2":9007199254740993,"1":9007199254740995}', { '1': 9_007_199_254_740_995n, '2': 9_007_199_254_740_993n }],
    [
      '{"a":9007199254740993,"b":9007199254740997,"a":9007199254740995}',
      { a: 9_007_199_254_740_995n, b: 9_007_199_254_740_997n },
    ],
    ['[  9007199254740993  ]', [9_007_199_254_740_993n]],
    [`[1${'0'.repeat(38)}]`, [10n ** 38n]],
    [`[1${'0'.repeat(39)}]`, [1e39]],
    [`[1${'0'.repeat(400)}]`, [Infinity]],
    [`[${'1'.repeat(39)}.5]`, [new LongDecimal(`${'1'.repeat(39)}.5`)]],
    [`[${'1'.repeat(40)}.5]`, [Number('1'.repeat(40))]],
  ])('%s', (text, value) => {
    expect(parseRecordsBody(text, true)).toStrictEqual(value);
  });

  const kept = readFixture<readonly Kept[]>('json-body/long-numbers.json');

  it.each(kept)('$text', ({ text, as, shown, json }) => {
    const [value] = parseRecordsBody(`[${text}]`, true) as unknown[];
    expect(value instanceof LongDecimal ? 'long' : typeof value).toBe(as);
    expect(String(value)).toBe(shown);
    expect(exactJson({ a: value })).toBe(`{"a":${json ?? text}}`);
  });

  it('a fraction of a million digits is read in one pass', () => {
    const text = `0.1${'0'.repeat(1_000_000)}1`;
    const [value] = parseRecordsBody(`[${text}]`, true) as unknown[];
    expect(String(value)).toBe(text);
  });

  it('are rounded by JSON.parse when nobody needs them exact', () => {
    expect(parseRecordsBody('[9007199254740993,0.1234999999999999999]', false)).toEqual([9007199254740992, 0.1235]);
  });

  it.each(['{"__proto__":{"a":9007199254740993}}', '{"__proto__":9007199254740993}'])(
    '__proto__ stays an own name: %s',
    (text) => {
      const parsed = parseRecordsBody(text, true) as object;
      expect(Object.keys(parsed)).toEqual(['__proto__']);
      expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
      expect(JSON.stringify(parsed, (_, part) => (typeof part === 'bigint' ? String(part) : part))).toContain(
        '"9007199254740993"',
      );
    },
  );
});

describe('needsExactNumbers', () => {
  const columns: readonly (readonly [ColumnType, boolean])[] = [
    [{ type: 'id' }, true],
    [{ type: 'int' }, true],
    [{ type: 'decimal', scale: 2 }, true],
    [{ type: 'timestamp', unit: 'ns' }, true],
    [{ type: 'idset' }, true],
    [{ type: 'idsetq', quantum: 'Y' }, true],
    [{ type: 'string' }, true],
    [{ type: 'bool' }, false],
    [{ type: 'stringset' }, false],
    [{ type: 'stringsetq', quantum: 'Y' }, false],
  ];
  const plainKey: KeySpec = { kind: 'compound', parts: [{ name: 'k', path: ['k'], type: { type: 'bool' } }] };

  it.each(columns)('a column of %j: %p', (type, exact) => {
    expect(needsExactNumbers(mappingOf(plainKey, type))).toBe(exact);
  });

  it.each<KeySpec>([
    { kind: 'id', name: '_id', path: ['_id'] },
    { kind: 'string', name: '_id', path: ['_id'] },
    { kind: 'compound', parts: [{ name: 'k', path: ['k'], type: { type: 'int' } }] },
  ])('a key of %j', (key) => {
    expect(needsExactNumbers(mappingOf(key, { type: 'bool' }))).toBe(true);
  });

  it('a version', () => {
    const version = { kind: 'number', path: ['v'] } as const;
    expect(needsExactNumbers({ ...mappingOf(plainKey, { type: 'bool' }), version })).toBe(true);
  });
});

function mappingOf(key: KeySpec, type: ColumnType): Mapping {
  const items = [{ columnId: 'c1' as ColumnId, name: 'a', path: ['a'], type }];
  return { sinkId: 's' as SinkId, revision: 1, tableId: 't' as TableId, key, items, allowMissingFields: true };
}

function problemOf(text: string): Problem | undefined {
  try {
    parseRecordsBody(text, true);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
