import type { DatabaseId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problem.ts';
import { StatementProblem } from '../../domain/sql/statement-problem.ts';
import { isQueryBody } from '../../generated/request-validators.js';
import { type QueryAnswer, type QueryRequest, runQuery } from '../../use-cases/run-query.ts';
import { runTenantStatement } from '../../use-cases/run-tenant-statement.ts';
import { type Answer, compactAnswer, textAnswer } from '../answer.ts';
import { originOf } from '../audit-trail.ts';
import { exchangeOf } from '../exchange.ts';
import type { QueryPorts } from '../handler-ports.ts';
import { type OperationRequest, type OperationsOf, paramOf } from '../operation.ts';
import { readBody } from '../request-body.ts';
import { answerText, toErrorData, toSchemaData, toTableResponse } from './featurebase-results.ts';

/** Header that chooses DuckDB's or FeatureBase's SQL for one query, over the database's own choice. */
const dialectHeader = 'x-headgate-sql';

/**
 * The query calls. `query` is FeatureBase's until January 2023: JSON in, a TableResponse out, a bad statement is a 400.
 * The others are its later ones: the statement alone in, schema and data out, and a statement that fails by its own
 * fault is a 200 with `error`, the key that its clients look for.
 */
export function queryOperations(ports: QueryPorts): OperationsOf<'query'> {
  const later = (request: OperationRequest, language: QueryRequest['language']): Promise<Answer> =>
    schemaData(() => runQuery(ports, request.caller, requestOf(request, language, request.body)));
  return {
    query: async (request) => {
      const { language, statement } = readBody(isQueryBody, request.body);
      const answer = await runQuery(ports, request.caller, requestOf(request, language, statement));
      return textAnswer(200, answerText(toTableResponse(answer)));
    },
    querySql: (request) => later(request, 'sql'),
    queryPql: (request) => later(request, 'pql'),
    querySqlTenant: ({ caller, body }) => schemaData(() => runTenantStatement(ports, caller, { statement: body })),
  };
}

async function schemaData(run: () => Promise<QueryAnswer>): Promise<Answer> {
  try {
    return textAnswer(200, answerText(toSchemaData(await run())));
  } catch (error) {
    if (isOfStatement(error)) return compactAnswer(200, toErrorData(error.message));
    throw error;
  }
}

function requestOf(request: OperationRequest, language: QueryRequest['language'], statement: string): QueryRequest {
  const databaseId = paramOf<DatabaseId>(request, 'database_id');
  const sqlDialect = request.header(dialectHeader)?.toLowerCase();
  const asked = {
    ...{ databaseId, language, statement },
    operation: exchangeOf(request.event).route!.operation,
    origin: originOf(request.event),
  };
  if (sqlDialect === undefined) return asked;
  if (sqlDialect !== 'duckdb' && sqlDialect !== 'featurebase')
    throw new Problem(
      'invalid_parameter',
      `X-Headgate-SQL is duckdb or featurebase, not "${sqlDialect.slice(0, 40)}".`,
    );
  return { ...asked, sqlDialect };
}

/** Whether the statement is at fault, and not what it was sent to: its database, its sender, the service. */
function isOfStatement(error: unknown): error is Problem {
  if (error instanceof StatementProblem) return true;
  return error instanceof Problem && (error.kind === 'bad_statement' || error.kind === 'limit_exceeded');
}
