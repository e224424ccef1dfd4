import type { DuckDBConnection } from '@duckdb/node-api';
import { parseKeepingDigits } from '../../domain/json/exact-json.ts';
import { QueryRefused } from '../../ports/query-engine.ts';
import { messageOf } from './engine-errors.ts';

/** A part of a statement's tree, as DuckDB serialises it. Numbers are opaque. */
export interface TreeNode {
  readonly [key: string]: unknown;
}

/** DuckDB's own parser; it runs nothing. */
export interface StatementParser {
  /** The tree of the one SELECT that `sql` is. Throws QueryRefused for anything else. */
  parse(sql: string): Promise<TreeNode>;
  /** SQL of a tree that `parse` returned, changed or not. */
  print(statement: TreeNode): Promise<string>;
}

type Serialized =
  | { readonly error: false; readonly statements: readonly TreeNode[] }
  | { readonly error: true; readonly error_type: string; readonly error_message: string };

/** Characters of a statement's tree: 10,000 values make two million, and their look-through takes a tenth of a second. */
const treeLengthMax = 3_000_000;

const selectWords: ReadonlySet<string> = new Set(['select', 'with', 'from', 'values', 'table']);

export function makeStatementParser(connection: DuckDBConnection): StatementParser {
  async function ask(sql: string, value: string): Promise<string> {
    const rows = (await connection.runAndReadAll(sql, [value])).getRows();
    return String(rows[0]![0]);
  }

  return {
    async parse(sql) {
      if (sql.includes('\0')) throw new QueryRefused('a statement must not hold a NUL character');
      const text = await ask('SELECT json_serialize_sql($1::VARCHAR)', sql);
      if (text.length > treeLengthMax) throw new QueryRefused('the statement is too long: split it');
      const answer = parseKeepingDigits(text) as Serialized;
      if (answer.error) throw refusalOf(sql, answer.error_type, answer.error_message);
      const [statement, ...others] = answer.statements;
      if (!statement) throw new QueryRefused('the statement is empty');
      if (others.length > 0) throw new QueryRefused(`one statement is expected, not ${others.length + 1}`);
      // DESCRIBE, SUMMARIZE and SHOW come as a SELECT over what they show.
      const word = firstWord(sql);
      if (/^(?:describe|desc|summarize|show)$/i.test(word)) throw notSupported(word);
      return statement;
    },
    print: (statement) =>
      ask('SELECT json_deserialize_sql($1::JSON)', JSON.stringify({ error: false, statements: [statement] })),
  };
}

function refusalOf(sql: string, kind: string, message: string): QueryRefused {
  const word = firstWord(sql);
  if (kind !== 'not implemented') return new QueryRefused(messageOf(message));
  return selectWords.has(word.toLowerCase())
    ? new QueryRefused('only a single SELECT is supported here')
    : notSupported(word);
}

function notSupported(word: string): QueryRefused {
  return new QueryRefused(`${word.toUpperCase().slice(0, 40)} is not supported here: only a SELECT is`);
}

/** First word of a statement, after white space, comments, semicolons and brackets. */
function firstWord(sql: string): string {
  const begin = /^(?:[\s;(]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(sql)![0].length;
  return /^\w*/.exec(sql.slice(begin))![0];
}
