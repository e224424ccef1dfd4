/** Where and why a text is no JSON. Lines and columns count from 1, columns in UTF-16 units. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly wanted: string;
}

type Wanted =
  | 'a value'
  | 'a value or "]"'
  | 'a name in quotes'
  | 'a name in quotes or "}"'
  | '":"'
  | '"," or "]"'
  | '"," or "}"'
  | 'the end of the text'
  | 'the rest of a string'
  | 'an escape that JSON has';

/** How far the text has been read, and what must come next. */
interface Reader {
  readonly text: string;
  readonly open: ('[' | '{')[];
  at: number;
  wanted: Wanted;
}

const spaceForm = /[ \t\n\r]*/y;
const plainForm = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
const escapeForm = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * The first place where a text stops being JSON; undefined if it is JSON. V8's own message leaves the place out, or quotes
 * the body, for most faults, so what `JSON.parse` refused is read again by this. Nesting costs no calls.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const reader: Reader = { text, open: [], at: 0, wanted: 'a value' };
  do skip(reader, spaceForm);
  while (reader.at < text.length && readToken(reader));
  return reader.at === text.length && reader.wanted === 'the end of the text' ? undefined : faultOf(reader);
}

/** Reads one token; false, with the reader at the fault, if it is not what was wanted. */
function readToken(reader: Reader): boolean {
  const character = reader.text[reader.at]!;
  switch (reader.wanted) {
    case 'a value':
    case 'a value or "]"':
      if (character === '{' || character === '[') return enter(reader, character);
      if (character === ']' && reader.wanted !== 'a value') return leave(reader);
      if (character === '"') return readString(reader) && afterValue(reader);
      return skip(reader, plainForm) && afterValue(reader);
    case 'a name in quotes':
    case 'a name in quotes or "}"':
      if (character === '}' && reader.wanted !== 'a name in quotes') return leave(reader);
      return character === '"' && readString(reader) && step(reader, 0, '":"');
    case '":"':
      return character === ':' && step(reader, 1, 'a value');
    case '"," or "]"':
      if (character === ']') return leave(reader);
      return character === ',' && step(reader, 1, 'a value');
    case '"," or "}"':
      if (character === '}') return leave(reader);
      return character === ',' && step(reader, 1, 'a name in quotes');
    default:
      return false;
  }
}

function readString(reader: Reader): boolean {
  step(reader, 1, 'the rest of a string');
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code === 34) return step(reader, 1, reader.wanted);
    if (code === 92) {
      if (!skip(reader, escapeForm)) return step(reader, 0, 'an escape that JSON has') && false;
    } else if (code >= 32) reader.at++;
    // A control character, or NaN at the end of the text.
    else return false;
  }
}

function enter(reader: Reader, bracket: '[' | '{'): boolean {
  reader.open.push(bracket);
  return step(reader, 1, bracket === '[' ? 'a value or "]"' : 'a name in quotes or "}"');
}

function leave(reader: Reader): boolean {
  reader.open.pop();
  reader.at++;
  return afterValue(reader);
}

function afterValue(reader: Reader): boolean {
  const container = reader.open.at(-1);
  return step(
    reader,
    0,
    container === undefined ? 'the end of the text' : container === '[' ? '"," or "]"' : '"," or "}"',
  );
}

function step(reader: Reader, by: number, wanted: Wanted): true {
  reader.at += by;
  reader.wanted = wanted;
  return true;
}

function skip(reader: Reader, form: RegExp): boolean {
  form.lastIndex = reader.at;
  if (!form.test(reader.text)) return false;
  reader.at = form.lastIndex;
  return true;
}

function faultOf({ text, at, wanted }: Reader): JsonFault {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return { line, column, found: nameOf(text.codePointAt(at)), wanted };
}

/** A character as an error may show it: visible ASCII as it is, all else by its code point. */
function nameOf(codePoint: number | undefined): string {
  if (codePoint === undefined) return 'the end of the text';
  if (codePoint > 32 && codePoint < 127) return codePoint === 34 ? `'"'` : `"${String.fromCodePoint(codePoint)}"`;
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
