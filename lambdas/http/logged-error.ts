/** Characters of an error's message that a log line keeps: a message may quote data. */
const loggedMessageMax = 120;
/** Frames of its stack. */
const loggedFramesMax = 8;

/** Text in quotes, or from a quote on that nobody closes. An apostrophe within a word is none. */
const quoted = /(?<!\w)(["'`])(?:[^\\]|\\.)*?(?:\1(?!\w)|$)/gs;
/** What opens calls: a JWT, or a secret of ours by its prefix. */
const credential = /[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}|\bhg[a-z]?_[\w-]+/g;

/**
 * What a log line says of an unforeseen error: ids and places only. Databases and parsers quote the values that they
 * stumble over, so what stands in quotes goes, and so does a parser's whole message, which quotes its input without any.
 * Not guaranteed: a library that quotes data without quotes; the rest of the message is therefore cut short.
 */
export function loggedError(error: unknown): { readonly cause: string; readonly stack: readonly string[] | undefined } {
  const { name = typeof error, message = '', stack } = (error ?? {}) as Partial<Error>;
  return {
    cause: name === 'SyntaxError' ? name : `${name}: ${withoutData(message).slice(0, loggedMessageMax)}`,
    stack: stack?.split('\n').filter(isFrame).slice(0, loggedFramesMax),
  };
}

function withoutData(message: string): string {
  return message.replace(quoted, (_, quote: string) => `${quote}…${quote}`).replace(credential, '…');
}

function isFrame(line: string): boolean {
  return line.startsWith('    at ');
}
