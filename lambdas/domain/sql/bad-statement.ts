import { Problem } from '../problem.ts';

/** Characters of a user's text that a message repeats. */
const shownMax = 40;

/** A statement refused, with the place in it: `[line:column] message`, as FeatureBase's SQL3 engine words it. */
export function badStatement(message: string, statement?: string, at?: number): Problem {
  const place = statement === undefined || at === undefined ? '' : `[${placeOf(statement, at)}] `;
  return new Problem('bad_statement', place + message);
}

/** Refuses what the grammar does not know: `line:column: message`, without brackets, as FeatureBase has it. */
export function notOfGrammar(error: {
  readonly message: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}): Problem {
  const { line, column } = error.location.start;
  const sentence = /^Expected (.*) but (.*) found\.$/s.exec(error.message);
  const message = sentence ? `expected ${sentence[1]}, found ${sentence[2]}` : error.message;
  return new Problem('bad_statement', `${line}:${column}: ${message}`);
}

/** A user's text as a message repeats it. */
export function excerpt(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax)}...` : text;
}

function placeOf(statement: string, at: number): string {
  const before = statement.slice(0, at).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}
