import { describe, expect, it } from '@jest/globals';
import { columnTypeText, fitsColumnType } from '../../../lambdas/domain/coercion/column-type-rules.ts';
import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import { columnOptionsOf, readColumnOptions } from '../../../lambdas/http/dialects/featurebase-column-types.ts';
import { readFixture } from '../../support/read-fixture.ts';

interface OptionsCase {
  readonly options: unknown;
  readonly type?: ColumnType;
  readonly says?: string;
  readonly kind?: string;
}

const cases = readFixture<OptionsCase[]>('control-plane/column-options.json').map((one) => ({
  ...one,
  text: JSON.stringify(one.options),
}));
const good = cases.filter(({ type }) => type !== undefined);
const bad = cases.filter(({ type }) => type === undefined);

describe('column options', () => {
  it.each(good)('$text', ({ options, type }) => {
    expect(readColumnOptions(options, "Column 'a'")).toEqual(type);
  });

  it.each(good)('$text comes back from the options that its type is shown as', ({ type }) => {
    expect(readColumnOptions(columnOptionsOf(type!), "Column 'a'")).toEqual(type);
  });

  it.each(bad)('$text is refused', ({ options, says, kind = 'invalid_parameter' }) => {
    expect(() => readColumnOptions(options, "Column 'a'")).toThrow(
      expect.objectContaining({ kind, message: expect.stringMatching(/^Column 'a': .*\.$/) }),
    );
    expect(() => readColumnOptions(options, "Column 'a'")).toThrow(says!);
  });

  it.each<[ColumnType, string]>([
    [{ type: 'string' }, 'string'],
    [{ type: 'int' }, 'int'],
    [{ type: 'int', min: '0', max: '9' }, 'int min 0 max 9'],
    [{ type: 'decimal', scale: 2 }, 'decimal(2)'],
    [{ type: 'timestamp', unit: 'ms' }, "timestamp 'ms'"],
    [{ type: 'timestamp', unit: 's', epoch: '2000-01-01T00:00:00Z' }, "timestamp 's' epoch '2000-01-01T00:00:00Z'"],
    [{ type: 'stringsetq', quantum: 'YMD', ttl: '24h' }, "stringsetq 'YMD' ttl '24h'"],
  ])('%j reads as %s', (type, text) => {
    expect(columnTypeText(type)).toBe(text);
  });

  it.each<[ColumnType, ColumnType, boolean]>([
    [{ type: 'int' }, { type: 'int', min: '0' }, true],
    [{ type: 'int', min: '0' }, { type: 'int', min: '0', max: '9' }, true],
    [{ type: 'int', min: '0' }, { type: 'int' }, false],
    [{ type: 'int', max: '9' }, { type: 'int', max: '8' }, false],
    [{ type: 'decimal', scale: 2 }, { type: 'decimal', scale: 2 }, true],
    [{ type: 'decimal', scale: 2 }, { type: 'decimal', scale: 3 }, false],
    [{ type: 'string' }, { type: 'stringset' }, false],
    [{ type: 'idsetq', quantum: 'YM' }, { type: 'idsetq', quantum: 'YM', ttl: '1h' }, true],
    [{ type: 'idsetq', quantum: 'YM' }, { type: 'idsetq', quantum: 'YMD' }, false],
  ])('%j fits a column of %j: %s', (wanted, existing, fits) => {
    expect(fitsColumnType(wanted, existing)).toBe(fits);
  });
});
