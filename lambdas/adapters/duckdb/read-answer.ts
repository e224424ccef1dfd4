import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  VARCHAR,
} from '@duckdb/node-api';
import { queryAnswerBytesMax } from '../../domain/limits.ts';
import {
  QueryLimitExceeded,
  QueryRefused,
  type QueryResult,
  type QueryTable,
  type ResultColumn,
  type ResultValue,
} from '../../ports/query-engine.ts';
import type { Parameters } from './constant-values.ts';
import { hasNamelessFields, keptTypes, resultType } from './result-type.ts';
import { resultValue } from './result-value.ts';

/** About what a number or null takes of an answer's bytes. */
const cellBytes = 4;

/**
 * Runs a SELECT and reads its rows as they come, so that an answer that grows too large is given up early.
 * @throws QueryLimitExceeded with more than `rowsMax` rows or about `queryAnswerBytesMax` bytes
 */
export async function readAnswer(
  connection: DuckDBConnection,
  sql: string,
  { parameters, tables, rowsMax }: { parameters: Parameters; tables: readonly QueryTable[]; rowsMax: number },
): Promise<Pick<QueryResult, 'columns' | 'rows'>> {
  const prepared = await connection.prepare(sql);
  try {
    bind(prepared, parameters);
    const result = await prepared.stream();
    const kept = keptTypes(tables);
    const columns = result.columnNames().map((name, i): ResultColumn => {
      const type = result.columnType(i);
      if (hasNamelessFields(type))
        throw new QueryRefused("a struct without names for its fields cannot be answered: write {'name': value}");
      return { name, type: kept(name, type) ?? resultType(type), raw: type.toString() };
    });
    const rows: ResultValue[][] = [];
    let bytes = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      if (rows.length + chunk.rowCount > rowsMax)
        throw new QueryLimitExceeded(`the answer has more than ${rowsMax} rows: add a LIMIT`);
      const from = rows.length;
      for (let i = 0; i < chunk.rowCount; i++) rows.push([]);
      for (let column = 0; column < columns.length; column++) {
        chunk.visitColumnValues(column, (value, row) => {
          const cell = resultValue(value);
          bytes += sizeOf(cell);
          rows[from + row]!.push(cell);
        });
      }
      if (bytes > queryAnswerBytesMax)
        throw new QueryLimitExceeded(`the answer has more than ${queryAnswerBytesMax} bytes: select less`);
    }
    return { columns, rows };
  } finally {
    prepared.destroySync();
  }
}

/** Whole numbers as integers: compared as doubles they would be rounded. */
function bind(prepared: DuckDBPreparedStatement, parameters: Parameters): void {
  for (const [i, value] of parameters.entries()) {
    if (value === null) prepared.bindNull(i + 1);
    else if (typeof value === 'string') prepared.bindValue(i + 1, value, VARCHAR);
    else if (typeof value === 'boolean') prepared.bindValue(i + 1, value, BOOLEAN);
    else if (Number.isSafeInteger(value) || typeof value === 'bigint') prepared.bindValue(i + 1, BigInt(value), BIGINT);
    else prepared.bindValue(i + 1, value, DOUBLE);
  }
}

function sizeOf(value: ResultValue): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return cellBytes;
  return Object.values(value).reduce((sum: number, part: ResultValue) => sum + sizeOf(part), cellBytes);
}
