import { parse, SyntaxError as SqlSyntaxError } from '../../generated/sql-parser.js';
import type { SqlDialect } from '../database.ts';
import type { Problem } from '../problem.ts';
import { badStatement, excerpt, notOfGrammar } from './bad-statement.ts';
import { compileSelect } from './compile-select.ts';
import type { Compiled } from './compiled.ts';
import { getTable, type QueryableTable } from './queryable-table.ts';
import type { SqlTree } from './sql-tree.ts';

/** Statements of SQL and of SQL3 that exist elsewhere and not here; anything else is a slip of the pen. */
const otherStatements: ReadonlySet<string> = new Set(
  (
    'alter analyze attach begin bulk call checkpoint commit copy create deallocate delete describe detach drop execute ' +
    'explain export grant import insert install kill load merge pivot pragma prepare replace reset revoke rollback set ' +
    'show summarize truncate unpivot update use vacuum values'
  ).split(' '),
);
/** What a SELECT may begin with. */
const selectWords: ReadonlySet<string> = new Set(['select', 'with', '(']);
/** What else it may begin with in DuckDB's dialect. */
const duckDbSelectWords: ReadonlySet<string> = new Set(['from', 'values', 'table']);
const whatIsTaken = 'it takes SELECT, SHOW DATABASES, SHOW TABLES, SHOW FIELDS FROM and DROP TABLE';

/**
 * Compiles a SQL statement. FeatureBase's published v1 list has a grammar of its own; any other SELECT is the engine's
 * to parse, and with the `duckdb` dialect every SELECT is.
 * @throws Problem `bad_statement` that says where the statement is wrong, or which statement is not supported
 */
export function compileSql(
  statement: string,
  tables: readonly QueryableTable[],
  dialect: SqlDialect = 'featurebase',
): Compiled {
  const word = firstWord(statement).toLowerCase();
  const isSelect = selectWords.has(word) || (dialect === 'duckdb' && duckDbSelectWords.has(word));
  if (isSelect && dialect === 'duckdb') return { kind: 'select', sql: statement, setEquals: 'list' };
  const tree = parseSql(statement);
  if (tree instanceof SqlSyntaxError) {
    if (isSelect) return engines(statement);
    throw refused(statement, tree);
  }
  switch (tree.kind) {
    case 'show-tables':
    case 'show-databases':
      return tree;
    case 'show-fields':
    case 'drop-table':
      return { ...tree, table: getTable(tables, tree.table.text, statement, tree.table.at).name };
    case 'select': {
      const table = getTable(tables, tree.table.text, statement, tree.table.at);
      return compileSelect(tree, table, statement) ?? engines(statement);
    }
  }
}

/** A SELECT of FeatureBase's dialect for the engine's parser. */
function engines(statement: string): Compiled {
  return { kind: 'select', sql: statement, setEquals: 'contains' };
}

function parseSql(statement: string): SqlTree | SqlSyntaxError {
  try {
    return parse(statement);
  } catch (error) {
    if (error instanceof SqlSyntaxError) return error;
    throw error;
  }
}

function refused(statement: string, error: SqlSyntaxError): Problem {
  const first = firstWord(statement);
  if (first === '') return badStatement('The statement is empty.');
  const rest = statement.slice(startOf(statement) + first.length);
  const second = firstWord(rest);
  // What our own grammar begins is wrong further on, unless its second word makes it another statement.
  if (/^(show (databases|tables|fields|columns)|drop table)$/i.test(`${first} ${second}`)) return notOfGrammar(error);
  if (!otherStatements.has(first.toLowerCase()))
    return notOfGrammar({ ...error, message: `expected statement, found ${excerpt(first)}` });
  const name = /^(show|drop|bulk)$/i.test(first) ? `${first} ${second}`.trim() : first;
  return badStatement(`${excerpt(name.toUpperCase())} is not supported by this endpoint; ${whatIsTaken}.`);
}

/** First word of a statement; a sign stands for itself. */
function firstWord(statement: string): string {
  return /^(?:\w+|.)/s.exec(statement.slice(startOf(statement)))?.[0] ?? '';
}

/** Where a statement begins, after white space and comments. */
function startOf(statement: string): number {
  return /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(statement)![0].length;
}
