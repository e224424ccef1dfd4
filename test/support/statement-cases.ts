import { describe, expect, it } from '@jest/globals';
import { exactJson } from '../../lambdas/domain/json/exact-json.ts';
import { Problem } from '../../lambdas/domain/problem.ts';
import type { Compiled } from '../../lambdas/domain/sql/compiled.ts';
import type { QueryableTable } from '../../lambdas/domain/sql/queryable-table.ts';
import { typeName } from '../../lambdas/domain/sql/type-name.ts';
import { readFixtureLines } from './parse-fixture-lines.ts';
import type { StatementTables } from './statement-tables.ts';

/** A line of a `.jsonl` file of statements: with what it answers, what else it asks for, or why it is refused. */
interface StatementCase {
  readonly statement: string;
  /** `name type`, then `count` or `float` for the form, and `unnamed`. */
  readonly columns?: readonly string[];
  readonly rows?: unknown;
  readonly asks?: Readonly<Record<string, unknown>>;
  readonly error?: string;
}

/**
 * Runs every statement of a fixture file: compiled ones against real tables, row by row and digit by digit. A new case is
 * a new line.
 */
export function describeStatements(
  path: string,
  compile: (statement: string, tables: readonly QueryableTable[]) => Compiled,
  opened: () => StatementTables,
): void {
  const cases = readFixtureLines<StatementCase>(path).map(({ digits }) => digits);
  describe(path, () => {
    it.each(cases.map((each) => [each.statement, each] as const))('%j', async (statement, expected) => {
      const { tables, run } = opened();
      if (expected.error !== undefined) {
        expect(statementRefusal(() => compile(statement, tables))).toBe(expected.error);
        return;
      }
      const compiled = compile(statement, tables);
      if (compiled.kind !== 'compiled') {
        const { sql, ...asked } = { sql: statement, ...compiled };
        expect(sql).toBe(statement);
        expect(asked).toEqual(expected.asks);
        return;
      }
      expect(compiled.columns.map(columnText)).toEqual(expected.columns);
      expect(exactJson(await run(compiled))).toBe(JSON.stringify(expected.rows));
    });
  });
}

/** The message of the Problem that an action ends in; it must be one for the user to mend. */
export function statementRefusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(['bad_statement', 'limit_exceeded']).toContain(error.kind);
    return error.message;
  }
  throw new Error('it was not refused');
}

function columnText({ name, type, form, unnamed }: Extract<Compiled, { kind: 'compiled' }>['columns'][number]): string {
  return [name, typeName(type), ...(form ? [form] : []), ...(unnamed ? ['unnamed'] : [])].join(' ');
}
