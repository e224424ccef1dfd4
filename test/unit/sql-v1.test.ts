import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileSql } from '../../lambdas/domain/sql/compile-sql.ts';
import { boundOf, partsText, readNumber } from '../../lambdas/domain/sql/exact-number.ts';
import type { ComparisonOperator } from '../../lambdas/domain/sql/sql-tree.ts';
import { codePoint } from '../support/code-point.ts';
import { describeStatements, statementRefusal } from '../support/statement-cases.ts';
import { openStatementTables, type StatementTables } from '../support/statement-tables.ts';

let opened: StatementTables;
beforeAll(async () => {
  opened = await openStatementTables();
});
afterAll(() => opened.close());

for (const file of ['published', 'values', 'engine', 'refused', 'hostile']) {
  describeStatements(`sql/${file}.jsonl`, compileSql, () => opened);
}

describe('the duckdb dialect', () => {
  it.each([
    'select count(*) from grouper',
    'WITH x AS (SELECT 1) FROM x',
    'from grouper',
    '-- all\nFROM(SELECT 1)',
    '(select 1)',
    'VALUES(1)',
    'table grouper',
  ])('%s is for the engine, with list equality', (sql) => {
    expect(compileSql(sql, opened.tables, 'duckdb')).toEqual({ kind: 'select', sql, setEquals: 'list' });
  });

  it.each([
    ['insert into grouper values (1)', 'INSERT is not supported'],
    ['describe grouper', 'DESCRIBE is not supported'],
    ['summarize grouper', 'SUMMARIZE is not supported'],
    ['tables', '1:1: expected statement, found tables'],
  ])('refuses %s', (sql, message) => {
    expect(statementRefusal(() => compileSql(sql, opened.tables, 'duckdb'))).toContain(message);
  });

  it('keeps SHOW and DROP', () => {
    expect(compileSql('show tables', opened.tables, 'duckdb')).toEqual({ kind: 'show-tables' });
    expect(compileSql('drop table empty', opened.tables, 'duckdb')).toEqual({ kind: 'drop-table', table: 'empty' });
  });

  it('does not make FROM a statement of FeatureBase', () => {
    expect(statementRefusal(() => compileSql('from grouper', opened.tables))).toBe(
      '1:1: expected statement, found from',
    );
  });
});

describe('large statements', () => {
  const list = (length: number) => Array.from({ length }, (_, i) => i).join(', ');

  it('takes thousands of values', async () => {
    const compiled = compileSql(`select count(*) from grouper where age in (${list(5_000)})`, opened.tables);
    expect(compiled.kind === 'compiled' && (await opened.run(compiled))).toEqual([[10]]);
  });

  it.each([
    ['values', `select count(*) from grouper where age in (${list(10_001)})`, 'at most 10000 values'],
    [
      'conditions',
      `select age from grouper where age != .5${' and age != .5'.repeat(10_000)}`,
      'at most 10000 conditions',
    ],
    ['digits', `select age from grouper where age = ${'9'.repeat(100_000)}`, 'out of range'],
    ['blanks', ' '.repeat(1_000_000), 'The statement is empty.'],
    ['comments', `${'/**/'.repeat(200_000)}x`, 'expected statement, found x'],
    ['a word', 'x'.repeat(1_000_000), `found ${'x'.repeat(40)}...`],
  ])('refuses too many %s', (_what, statement, message) => {
    expect(statementRefusal(() => compileSql(statement, opened.tables))).toContain(message);
  });
});

describe('numbers compared', () => {
  const number = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 20 }));
  const range = { scale: 2, min: -10_000n, max: 10_000n };

  it('never rounds: a bound holds for a value exactly when the comparison does', () => {
    const value = fc.bigInt({ min: range.min, max: range.max });
    const op = fc.constantFrom<ComparisonOperator>('=', '!=', '<', '<=', '>', '>=');
    // Near the values as well as far away.
    const near = fc.tuple(fc.bigInt({ min: -1_100_000n, max: 1_100_000n }), fc.constant(4));
    fc.assert(
      fc.property(value, op, fc.oneof(number, near), (parts, operator, [digits, scale]) => {
        const bound = boundOf(operator, { digits, scale }, range);
        const expected = compare(operator, parts * 10n ** 20n, digits * 10n ** BigInt(22 - scale));
        const actual = typeof bound === 'string' ? bound === 'always' : compare(bound.op, parts, bound.parts);
        expect(actual).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(number, ([digits, scale]) => {
        expect(readNumber(partsText(digits, scale))).toEqual({ digits, scale });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['.5', 5n, 1],
    ['-.5', -5n, 1],
    ['7.', 7n, 0],
    ['+007', 7n, 0],
    ['-0', 0n, 0],
  ])('reads %s', (text, digits, scale) => {
    expect(readNumber(text)).toEqual({ digits, scale });
  });

  function compare(op: ComparisonOperator, a: bigint, b: bigint): boolean {
    switch (op) {
      case '=':
        return a === b;
      case '!=':
        return a !== b;
      case '<':
        return a < b;
      case '<=':
        return a <= b;
      case '>':
        return a > b;
      case '>=':
        return a >= b;
    }
  }
});

describe('values', () => {
  const text = fc.string({ unit: codePoint, maxLength: 20 });

  it('come back as they went in, whatever characters they have', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const literal = `'${value.replaceAll("'", "''")}'`;
        const compiled = compileSql(`select count(*) from grouper where color = ${literal}`, opened.tables);
        if (compiled.kind !== 'compiled') throw new Error(`${literal} is not of the grammar`);
        expect(compiled.sql).not.toContain(literal);
        expect(compiled.parameters).toEqual([value]);
        expect(await opened.run(compiled)).toEqual([[['blue'].includes(value) ? 5 : 0]]);
      }),
      { numRuns: 100 },
    );
  });
});
