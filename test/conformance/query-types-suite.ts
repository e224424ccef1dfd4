import { expect, it } from '@jest/globals';
import type { ColumnType } from '../../lambdas/domain/column-type.ts';
import type { ResultType } from '../../lambdas/ports/query-engine.ts';
import { readFixture } from '../support/read-fixture.ts';
import { type SegmentHarness, select, tableShape, writeSegment } from './segment-harness.ts';

/** What types a query engine gives the columns of its answers. */
export function describeTypes(harness: () => SegmentHarness): void {
  const types: Readonly<Record<string, { type: ColumnType; answer: ResultType }>> = {
    an_id: { type: { type: 'id' }, answer: { type: 'id' } },
    an_int: { type: { type: 'int', min: '-5' }, answer: { type: 'int' } },
    a_decimal: { type: { type: 'decimal', scale: 3 }, answer: { type: 'decimal', scale: 3 } },
    seconds: { type: { type: 'timestamp', unit: 's' }, answer: { type: 'timestamp', unit: 's' } },
    millis: { type: { type: 'timestamp', unit: 'ms' }, answer: { type: 'timestamp', unit: 'ms' } },
    micros: { type: { type: 'timestamp', unit: 'us' }, answer: { type: 'timestamp', unit: 'us' } },
    nanos: { type: { type: 'timestamp', unit: 'ns' }, answer: { type: 'timestamp', unit: 'ns' } },
    a_string: { type: { type: 'string' }, answer: { type: 'string' } },
    a_bool: { type: { type: 'bool' }, answer: { type: 'bool' } },
    'some-ids': { type: { type: 'idset' }, answer: { type: 'idset' } },
    select: { type: { type: 'stringset' }, answer: { type: 'stringset' } },
    timed: {
      type: { type: 'stringsetq', quantum: 'YMD', ttl: '24h' },
      answer: { type: 'stringsetq', quantum: 'YMD' },
    },
  };
  const full = tableShape(Object.fromEntries(Object.entries(types).map(([name, { type }]) => [name, type])));
  const answers: ResultType[] = [{ type: 'id' }, ...Object.values(types).map(({ answer }) => answer)];

  it.each([0, 1, 2])('has all columns in their types with %i segments', async (count) => {
    const empty = await Promise.all(Array.from({ length: count }, () => writeSegment(harness(), full, [])));
    const { columns, rows } = await select(harness(), 'SELECT * FROM t', [{ name: 't', shape: full, segments: empty }]);
    expect(columns.map(({ name }) => name)).toEqual(['_id', ...Object.keys(types)]);
    expect(columns.map(({ type }) => type)).toEqual(answers);
    expect(rows).toEqual([]);
  });

  const joined = readFixture<{ sql: string; types: ResultType[] }[]>('query-engine/joined-types.json');

  it.each(joined)('keeps types of columns that keep their names: $sql', async ({ sql, types: expected }) => {
    const other = tableShape(
      { an_id: { type: 'id' }, timed: { type: 'stringset' }, seconds: { type: 'int' } },
      'string',
    );
    const third = tableShape({ code: { type: 'id' } });
    const tables = [
      { name: 't', shape: full, segments: [] },
      { name: 'other', shape: other, segments: [] },
      { name: 'third', shape: third, segments: [] },
    ];
    const { columns } = await select(harness(), sql, tables);
    expect(columns.map(({ type }) => type)).toEqual(expected);
  });
}
