import { isNativeError } from 'node:util/types';
import { QueryLimitExceeded, QueryRefused, SegmentUnreadable } from '../../ports/query-engine.ts';

/** Kinds of DuckDB errors that the statement, or its meeting with the data, brings about: the user's to mend. */
const usersErrors =
  /^(?:Parser|Syntax|Binder|Catalog|Conversion|Invalid Input|Invalid|Out of Range|Mismatch Type|Type|Divide by Zero|Not implemented|Constraint|Expression|Parameter Not Resolved|Parameter Not Allowed|Sequence) Error: /;
/**
 * The engine puts a file's name into every message about it; no text of a statement ends in our segments' name. A file
 * that is gone it takes for a folder.
 */
const aboutFile = /([^/'"\s]+)\/rows\.parquet['"/]/;
/** Longest part of an engine's message that is shown. */
const messageLengthMax = 500;

/**
 * An engine error in the terms of the port. Errors that are ours come back as they are. One about a file is never the
 * statement's, because no statement names files: the message has what the engine says of it, without its path.
 */
export function queryError(error: unknown, memoryMegabytesMax: number): unknown {
  if (error instanceof QueryRefused || error instanceof QueryLimitExceeded || !isNativeError(error)) return error;
  const { message } = error;
  if (message.startsWith('Out of Memory Error:'))
    return new QueryLimitExceeded(`the query needs more than ${memoryMegabytesMax} MB of memory`);
  const [, segment] = aboutFile.exec(message) ?? [];
  if (segment !== undefined) return new SegmentUnreadable(`segment ${segment} cannot be read: ${messageOf(message)}`);
  return usersErrors.test(message) ? new QueryRefused(messageOf(message)) : error;
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
