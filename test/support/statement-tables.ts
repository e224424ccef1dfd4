import {
  type DuckDBConnection,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { formatRfc3339 } from '../../lambdas/domain/coercion/rfc3339.ts';
import { instantOf } from '../../lambdas/domain/coercion/timestamp-unit.ts';
import { type ColumnType, normalInteger } from '../../lambdas/domain/column-type.ts';
import type { ColumnId, TableId } from '../../lambdas/domain/ids.ts';
import { quoteIdentifier, quoteText } from '../../lambdas/domain/naming/quote-identifier.ts';
import type { CompiledSelect } from '../../lambdas/domain/sql/compiled.ts';
import type { QueryableTable } from '../../lambdas/domain/sql/queryable-table.ts';
import type { KeyType } from '../../lambdas/domain/table.ts';
import type { ResultValue } from '../../lambdas/ports/query-engine.ts';
import { parseExact } from './parse-fixture-lines.ts';
import { readFixtureText } from './read-fixture.ts';

/** A table of `test/fixtures/sql/tables.json`. Rows hold `_id`, then the columns in order; views hold id, column, member, bucket. */
interface FixtureTable {
  readonly name: string;
  readonly keyType: KeyType;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly views?: readonly (readonly [unknown, string, string, string])[];
}

/** The tables as plain tables of a DuckDB in memory, and what a compiled statement answers over them. */
export interface StatementTables {
  readonly tables: readonly QueryableTable[];
  run(compiled: CompiledSelect): Promise<readonly (readonly ResultValue[])[]>;
  close(): void;
}

export async function openStatementTables(): Promise<StatementTables> {
  const fixtures = parseExact(readFixtureText('sql/tables.json')) as readonly FixtureTable[];
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const fixture of fixtures) await createTable(connection, fixture);
  return {
    tables: fixtures.map(({ name, keyType, columns }) => ({
      name,
      shape: {
        id: name as TableId,
        keyType,
        columns: columns.map((column, i) => ({ ...column, id: `c${i + 1}` as ColumnId })),
      },
    })),
    async run({ sql, parameters }) {
      const reader = await connection.runAndReadAll(sql, [...parameters]);
      return reader.getRows().map((row) => row.map(resultValue));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function createTable(
  connection: DuckDBConnection,
  { name, keyType, columns, rows, views }: FixtureTable,
): Promise<void> {
  const all = [{ name: '_id', type: { type: keyType } }, ...columns];
  const declared = all.map((column) => `${quoteIdentifier(column.name)} ${duckDbType(column.type)}`).join(', ');
  await connection.run(`CREATE TABLE ${quoteIdentifier(name)} (${declared})`);
  if (rows.length > 0)
    await connection.run(`INSERT INTO ${quoteIdentifier(name)} VALUES ${rows.map(rowText).join(', ')}`);
  const viewName = quoteIdentifier(`${name}:views`);
  await connection.run(
    `CREATE TABLE ${viewName} (_id ${duckDbType({ type: keyType })}, "column" VARCHAR, member VARCHAR, bucket VARCHAR)`,
  );
  if (views) await connection.run(`INSERT INTO ${viewName} VALUES ${views.map(rowText).join(', ')}`);
}

function rowText(row: readonly unknown[]): string {
  return `(${row.map(valueText).join(', ')})`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  return typeof value === 'string' ? quoteText(value) : String(value);
}

function duckDbType(type: ColumnType): string {
  switch (type.type) {
    case 'id':
    case 'int':
      return 'BIGINT';
    case 'string':
      return 'VARCHAR';
    case 'bool':
      return 'BOOLEAN';
    case 'decimal':
      return `DECIMAL(18, ${type.scale})`;
    case 'timestamp':
      return type.unit === 'ns' ? 'TIMESTAMP_NS' : 'TIMESTAMP';
    case 'idset':
    case 'idsetq':
      return 'BIGINT[]';
    case 'stringset':
    case 'stringsetq':
      return 'VARCHAR[]';
  }
}

/** A value as the query engine's port has it. */
function resultValue(value: DuckDBValue): ResultValue {
  if (typeof value === 'bigint') return normalInteger(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number')
    return value;
  if (value instanceof DuckDBListValue) return value.items.map(resultValue);
  if (value instanceof DuckDBDecimalValue) return value.toString();
  if (value instanceof DuckDBTimestampValue) return formatRfc3339(instantOf(value.micros, 'us'));
  if (value instanceof DuckDBTimestampNanosecondsValue) return formatRfc3339(instantOf(value.nanos, 'ns'));
  throw new TypeError(`no fixture has a value like ${value}`);
}
