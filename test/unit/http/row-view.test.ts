import { describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../../lambdas/domain/column-type.ts';
import type { ColumnId } from '../../../lambdas/domain/ids.ts';
import type { VisibleRow } from '../../../lambdas/domain/row.ts';
import { rowView } from '../../../lambdas/http/dialects/featurebase-row.ts';

const cases: readonly (readonly [ColumnType, VisibleRow['values'][number], string])[] = [
  [{ type: 'int' }, null, 'null'],
  [{ type: 'int' }, -5, '-5'],
  [{ type: 'int' }, -9_223_372_036_854_775_808n, '-9223372036854775808'],
  [{ type: 'id' }, 9_223_372_036_854_775_807n, '9223372036854775807'],
  [{ type: 'decimal', scale: 2 }, 510, '5.10'],
  [{ type: 'decimal', scale: 2 }, -1, '-0.01'],
  [{ type: 'decimal', scale: 0 }, 7, '7'],
  [{ type: 'decimal', scale: 18 }, 1_000_000_000_000_000_001n, '1.000000000000000001'],
  [{ type: 'timestamp', unit: 's' }, 1_659_981_468, '"2022-08-08T17:57:48Z"'],
  [{ type: 'timestamp', unit: 'ms' }, -1, '"1969-12-31T23:59:59.999Z"'],
  [{ type: 'timestamp', unit: 'ns' }, 1_659_981_468_000_000_001n, '"2022-08-08T17:57:48.000000001Z"'],
  [{ type: 'string' }, 'a"b', '"a\\"b"'],
  [{ type: 'bool' }, false, 'false'],
  [{ type: 'stringset' }, ['a', 'b'], '["a","b"]'],
  [{ type: 'idset' }, [1, 9_007_199_254_740_993n], '[1,9007199254740993]'],
  [{ type: 'idset' }, [], '[]'],
];

describe('a row as JSON', () => {
  it.each(cases)('%j: %p is %s', (type, value, text) => {
    const table = { columns: [{ id: 'c1' as ColumnId, name: 'a', type }] };
    expect(JSON.stringify(rowView(table, { key: 'k|1', values: [value] }))).toBe(`{"_id":"k|1","a":${text}}`);
  });
});
