import { QueryLimitExceeded, QueryRefused } from '../../ports/query-engine.ts';

/** Kinds of DuckDB errors that the statement, or its meeting with the data, brings about: the user's to mend. */
const usersErrors =
  /^(?:Parser|Syntax|Binder|Catalog|Conversion|Invalid Input|Invalid|Out of Range|Mismatch Type|Type|Divide by Zero|Not implemented|Constraint|Expression|Parameter Not Resolved|Parameter Not Allowed|Sequence) Error: /;
/** Longest part of an engine's message that is shown. */
const messageLengthMax = 500;

/** An engine error in the terms of the port; errors that are ours come back as they are. */
export function queryError(error: unknown, memoryMegabytesMax: number): unknown {
  if (error instanceof QueryRefused || error instanceof QueryLimitExceeded || !(error instanceof Error)) return error;
  if (error.message.startsWith('Out of Memory Error:'))
    return new QueryLimitExceeded(`the query needs more than ${memoryMegabytesMax} MB of memory`);
  return usersErrors.test(error.message) ? new QueryRefused(messageOf(error.message)) : error;
}

/**
 * An engine's message for users: without the kind of error, the excerpt of the statement (which may be one of ours),
 * advice on settings that nobody can change here, and any path of a file.
 */
export function messageOf(text: string): string {
  const [first = ''] = text
    .replace(/^[A-Z][A-Za-z ]* Error: /, '')
    .split(/\n\s*(?:\n|LINE \d+:|Possible solutions|Candidate functions)/);
  return first
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ Use "SET [^"]*" to .*$/, '')
    .replace(/(["'])(?:[a-z]+:\/)?\/[^"'\s]*\1/gi, '$1...$1')
    .replace(/(^|[\s(=])\/[^\s'")]+/g, '$1...')
    .slice(0, messageLengthMax)
    .trim();
}
