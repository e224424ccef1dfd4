/**
 * Quoting for DuckDB and SQLite, which share the standard's rules. These two are the only ways by which a name or a
 * text that a user chose may enter a statement that is not parameterised.
 */

/** A name as a quoted identifier. Throws on NUL, where SQLite would end the statement. */
export function quoteIdentifier(name: string): string {
  return quote(name, '"');
}

/** A text as a string literal. Throws on NUL, where SQLite would end the statement. */
export function quoteText(text: string): string {
  return quote(text, "'");
}

function quote(text: string, mark: '"' | "'"): string {
  if (text.includes('\0')) throw new RangeError('a NUL character cannot be quoted');
  return mark + text.replaceAll(mark, mark + mark) + mark;
}
