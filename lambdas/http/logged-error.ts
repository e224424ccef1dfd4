/** Characters of an error's message that a log line keeps: a message may quote data. */
const loggedMessageMax = 120;
/** Frames of its stack. */
const loggedFramesMax = 8;

/**
 * What a log line says of an unforeseen error: ids and places only. A message may quote data, so it is cut, and a
 * parser's, which quotes its input, is left out.
 */
export function loggedError(error: unknown): { readonly cause: string; readonly stack: readonly string[] | undefined } {
  const { name = typeof error, message = '', stack } = (error ?? {}) as Partial<Error>;
  return {
    cause: name === 'SyntaxError' ? name : `${name}: ${message.slice(0, loggedMessageMax)}`,
    stack: stack?.split('\n').filter(isFrame).slice(0, loggedFramesMax),
  };
}

function isFrame(line: string): boolean {
  return line.startsWith('    at ');
}
