import { isNativeError } from 'node:util/types';
import { QueryLimitExceeded, QueryRefused } from '../../ports/query-engine.ts';

/** Kinds of DuckDB errors that the statement, or its meeting with the data, brings about: the user's to mend. */
const usersErrors =
  /^(?:Parser|Syntax|Binder|Catalog|Conversion|Invalid Input|Invalid|Out of Range|Mismatch Type|Type|Divide by Zero|Not implemented|Constraint|Expression|Parameter Not Resolved|Parameter Not Allowed|Sequence) Error: /;
/** The engine puts a file's name into every message about it; no text of a statement ends in our segments' name. */
const aboutFile = /rows\.parquet['"]/;
/** Longest part of an engine's message that is shown. */
const messageLengthMax = 500;

/**
 * An engine error in the terms of the port. Errors that are ours come back as they are: so does every one about a file,
 * because no statement names files.
 */
export function queryError(error: unknown, memoryMegabytesMax: number): unknown {
  if (error instanceof QueryRefused || error instanceof QueryLimitExceeded || !isNativeError(error)) return error;
  const { message } = error;
  if (message.startsWith('Out of Memory Error:'))
    return new QueryLimitExceeded(`the query needs more than ${memoryMegabytesMax} MB of memory`);
  return usersErrors.test(message) && !aboutFile.test(message) ? new QueryRefused(messageOf(message)) : error;
}

/**
 * An engine's message for users: without the kind of error, the excerpt of the statement (which may be one of ours),
 * guesses at names (of the engine's own, perhaps), advice on settings that nobody can change here, and any path of a file.
 */
export function messageOf(text: string): string {
  const [first = ''] = text
    .replace(/^[A-Z][A-Za-z ]* Error: /, '')
    .split(/\n\s*(?:\n|LINE \d+:|Did you mean|Possible solutions|Candidate functions)/);
  return first
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ Use "SET [^"]*" to .*$/, '')
    .replace(/(["'])(?:[a-z]+:\/)?\/[^"'\s]*\1/gi, '$1...$1')
    .replace(/(^|[\s(=])\/[^\s'")]+/g, '$1...')
    .slice(0, messageLengthMax)
    .trim();
}
