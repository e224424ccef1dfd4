import { describe, expect, it } from '@jest/globals';
import {
  columnTypeProblem,
  columnTypeText,
  quanta,
  timeUnits,
} from '../../lambdas/domain/coercion/column-type-rules.ts';
import type { ColumnType, Quantum, TimeUnit } from '../../lambdas/domain/column-type.ts';

const asUnit = (unit: string) => ({ type: 'timestamp', unit: unit as TimeUnit }) as const;
const asQuantum = (quantum: string) => ({ type: 'idsetq', quantum: quantum as Quantum }) as const;
const withTtl = (ttl: string) => ({ type: 'stringsetq', quantum: 'YMD', ttl }) as const;

describe('options of a column type', () => {
  it.each<ColumnType>([
    { type: 'string' },
    { type: 'int' },
    { type: 'int', min: '7', max: '7' },
    { type: 'int', min: '-9223372036854775808', max: '9223372036854775807' },
    { type: 'decimal', scale: 0 },
    { type: 'decimal', scale: 18 },
    ...['s', 'ms', 'us', 'ns'].map(asUnit),
    { type: 'timestamp', unit: 's', epoch: '2000-01-01T00:00:00Z' },
    ...['Y', 'YM', 'YMD', 'YMDH', 'M', 'MD', 'MDH', 'D', 'DH', 'H'].map(asQuantum),
    ...['24h', '1h30m', '1.25s', '10ms', '3us', '3µs', '7ns', '1.h', '.5h', '0', '0s'].map(withTtl),
  ])('%j is well', (type) => {
    expect(columnTypeProblem(type)).toBeUndefined();
  });

  it.each<[ColumnType, string]>([
    [{ type: 'int', min: '1.5' }, "the min of an int is a whole number of 64 bits, not '1.5'"],
    [{ type: 'int', min: 'x1' }, "the min of an int is a whole number of 64 bits, not 'x1'"],
    [{ type: 'int', max: '1x' }, "the max of an int is a whole number of 64 bits, not '1x'"],
    [{ type: 'int', max: '01' }, "the max of an int is a whole number of 64 bits, not '01'"],
    [{ type: 'int', min: '-9223372036854775809' }, 'the min of an int is a whole number of 64 bits'],
    [{ type: 'int', max: '9223372036854775808' }, 'the max of an int is a whole number of 64 bits'],
    [{ type: 'int', min: '8', max: '7' }, 'the min of an int is not above its max: 8 is above 7'],
    [{ type: 'decimal', scale: -1 }, 'the scale of a decimal is a whole number from 0 to 18, not -1'],
    [{ type: 'decimal', scale: 19 }, 'the scale of a decimal is a whole number from 0 to 18, not 19'],
    [{ type: 'decimal', scale: 1.5 }, 'the scale of a decimal is a whole number from 0 to 18, not 1.5'],
    [asUnit('h'), "the unit of a timestamp is s, ms, us or ns, not 'h'"],
    [asUnit(''), "the unit of a timestamp is s, ms, us or ns, not ''"],
    [{ type: 'timestamp', unit: 's', epoch: '2000' }, 'the epoch of a timestamp is a time like 1970-01-01T00:00:00Z'],
    [asQuantum('YD'), "a time quantum is a contiguous part of YMDH, not 'YD'"],
    [{ type: 'stringsetq', quantum: '' as Quantum }, "a time quantum is a contiguous part of YMDH, not ''"],
    ...['24', 'h', '24h ', ' 24h', '24h1', 'x24h', '.h', '-1h', '1d', '3000000h', ''].map(
      (ttl): [ColumnType, string] => [withTtl(ttl), `a time to live is a duration like 24h or 90m, not '${ttl}'`],
    ),
  ])('%j is not: %s', (type, problem) => {
    expect(columnTypeProblem(type)).toContain(problem);
  });

  it('are quanta and units that FeatureBase has', () => {
    expect(quanta.join(' ')).toBe('Y YM YMD YMDH M MD MDH D DH H');
    expect(timeUnits.join(' ')).toBe('s ms us ns');
  });

  it.each<[ColumnType, string]>([
    [{ type: 'idsetq', quantum: 'YM' }, "idsetq 'YM'"],
    [{ type: 'stringsetq', quantum: 'YM' }, "stringsetq 'YM'"],
    [{ type: 'idset' }, 'idset'],
  ])('%j reads as %s', (type, text) => {
    expect(columnTypeText(type)).toBe(text);
  });
});
