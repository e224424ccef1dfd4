import { describe, expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import { type Columns, columnNamed, noColumns, withColumn } from '../../lambdas/domain/columns.ts';
import type { ColumnId } from '../../lambdas/domain/ids.ts';
import { columnsPerTableMax } from '../../lambdas/domain/limits.ts';

const text: ColumnType = { type: 'string' };
const many = (count: number): Columns => ({
  columns: Array.from({ length: count }, (_, i) => ({ id: `c${i + 1}` as ColumnId, name: `n${i}`, type: text })),
  nextColumn: count + 1,
});

describe('columns', () => {
  it('come in order of creation, each under an id that none had before', () => {
    const two = withColumn(withColumn(noColumns, 'a', text), 'b', { type: 'int' });
    expect(two).toEqual({
      columns: [
        { id: 'c1', name: 'a', type: text },
        { id: 'c2', name: 'b', type: { type: 'int' } },
      ],
      nextColumn: 3,
    });
    const [, b] = two.columns;
    expect(withColumn({ ...two, columns: [b!] }, 'a', text).columns.map(({ id }) => id)).toEqual(['c2', 'c3']);
    expect(columnNamed(two, 'b')).toBe(b);
    expect(columnNamed(two, 'c')).toBeUndefined();
  });

  it('are as many as a table may have', () => {
    expect(withColumn(many(columnsPerTableMax - 1), 'last', text).columns).toHaveLength(columnsPerTableMax);
    expect(() => withColumn(many(columnsPerTableMax), 'more', text)).toThrow(
      expect.objectContaining({
        kind: 'limit_exceeded',
        message: "A table has at most 500 columns; drop one to add 'more'.",
      }),
    );
  });

  it.each<[unknown, ColumnType, string, string]>([
    ['_a', text, 'name', 'The column name "_a" begins with _, and such names are reserved.'],
    [5, text, 'name', 'The column name must be a string, not 5.'],
    [
      'a',
      { type: 'decimal', scale: 19 },
      'type',
      "Column 'a': the scale of a decimal is a whole number from 0 to 18, not 19.",
    ],
  ])('are refused: %j of type %j', (name, type, parameter, message) => {
    expect(() => withColumn(noColumns, name, type)).toThrow(
      expect.objectContaining({ kind: 'invalid_parameter', message, details: { parameter } }),
    );
  });
});
