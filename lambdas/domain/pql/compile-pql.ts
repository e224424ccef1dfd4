import { SyntaxError as PqlSyntaxError, parse } from '../../generated/pql-parser.js';
import { queryDepthMax, queryValuesMax } from '../limits.ts';
import { Problem } from '../problem.ts';
import { badStatement, excerpt, notOfGrammar } from '../sql/bad-statement.ts';
import { type CompiledSelect, countColumn, plainColumn } from '../sql/compiled.ts';
import { makeParameters } from '../sql/parameters.ts';
import { getTable, keyColumn, type QueryableTable } from '../sql/queryable-table.ts';
import { groupByQuery } from './group-by-call.ts';
import { expectOnly, onlyCallOf } from './pql-options.ts';
import type { PqlScope } from './pql-scope.ts';
import type { PqlCall, PqlQuery } from './pql-tree.ts';
import { countQuery, rowCallNames, rowQuery } from './row-call.ts';
import { fieldValues, rowsQuery } from './rows-call.ts';

type Answer = Pick<CompiledSelect, 'sql' | 'columns'>;
type CompileCall = (call: PqlCall, scope: PqlScope) => Answer;

/** The calls that a statement may begin with. Headings are those of FeatureBase's answers by result kind. */
const calls: ReadonlyMap<string, CompileCall> = new Map<string, CompileCall>([
  ...rowCallNames.map((name) => [name, rows] as const),
  ['Count', count],
  ['Rows', values],
  ['GroupBy', groupByQuery],
]);

/**
 * Compiles `[table]Call(...)`, one call as the cloud took it.
 * @throws Problem `bad_statement` that says where the text is wrong, or which call is not supported
 */
export function compilePql(statement: string, tables: readonly QueryableTable[]): CompiledSelect {
  const { table: name, calls: asked } = parsePql(statement);
  const [call, ...more] = asked;
  if (!call || more.length > 0)
    throw badStatement(`a statement takes exactly one PQL call, this one has ${asked.length}`, statement, more[0]?.at);
  const table = getTable(tables, name, statement, 0);
  const compile = calls.get(call.name);
  if (!compile) {
    const message = `PQL call ${excerpt(call.name)} is not supported; these are: ${[...calls.keys()].join(', ')}`;
    throw badStatement(message, statement, call.at);
  }
  const parameters = makeParameters();
  const answer = compile(call, { table, statement, parameters, bind: parameters.bind });
  return { kind: 'compiled', ...answer, parameters: parameters.values, table: table.name };
}

function rows(call: PqlCall, scope: PqlScope): Answer {
  return { sql: rowQuery(call, scope), columns: [plainColumn(keyColumn(scope.table))] };
}

function count(call: PqlCall, scope: PqlScope): Answer {
  expectOnly(call, ['call']);
  return { sql: countQuery(onlyCallOf(call), scope), columns: [countColumn('count')] };
}

function values(call: PqlCall, scope: PqlScope): Answer {
  const field = fieldValues(call, 'g1', false, scope);
  return { sql: rowsQuery(field, scope), columns: [plainColumn(field.value)] };
}

function parsePql(statement: string): PqlQuery {
  const { depth, opened } = measure(statement);
  if (depth > queryDepthMax) throw badStatement(`calls nest at most ${queryDepthMax} deep, here ${depth}`);
  if (opened > queryValuesMax)
    throw new Problem('limit_exceeded', `A statement may hold at most ${queryValuesMax} calls; split it.`);
  try {
    return parse(statement);
  } catch (error) {
    if (error instanceof PqlSyntaxError) throw notOfGrammar(error);
    throw error;
  }
}

/**
 * How deep parentheses nest and how many are opened, quoted text aside. Measured before parsing, because the parser goes
 * down by recursion and the engine plans long lists of conditions slowly.
 */
function measure(statement: string): { readonly depth: number; readonly opened: number } {
  let open = 0;
  let depth = 0;
  let opened = 0;
  let quote = '';
  for (let at = 0; at < statement.length; at++) {
    const sign = statement[at]!;
    if (quote !== '') {
      if (sign === '\\') at++;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ')') open--;
    else if (sign === '(') {
      opened++;
      depth = Math.max(depth, ++open);
    }
  }
  return { depth, opened };
}
