import type { TimeFields } from './go-layout-elements.ts';
import { anyZoneName, fraction, type LayoutElement, layoutElements, type ReadElement } from './go-layout-elements.ts';
import { daysInYear, daysOf, daysSince1970, type Instant } from './rfc3339.ts';

/** Reads a text as a time; undefined when it is not in the layout, or names a day that does not exist. */
export type ReadTime = (text: string) => Instant | undefined;

/** Characters of a layout: far more than any that says each part of a time once. */
const layoutLengthMax = 100;
const fractionForm = /[.,](?:0+|9+)(?!\d)/y;

/** A piece of a layout: an element, or text that stands as it is. */
type Piece = LayoutElement | { readonly literal: string };

/**
 * Compiles a time layout of Go (the time Mon Jan 2 15:04:05 MST 2006 as it would be written) into the function that
 * reads text by it, under the rules of Go's `time.Parse`: names in any case, a fraction of the second where none is
 * named, times without an offset in UTC. Zones by name are taken where they are UTC, GMT or beside an offset.
 * @returns what is wrong with the layout, as the end of a sentence, where it could not tell a time. A layout that names
 *   no year, names a part twice, or has digits that are no part of the reference time is refused: such are layouts of
 *   other systems, and example times, and would read every time wrong
 */
export function compileGoLayout(layout: string): ReadTime | string {
  if (layout.length > layoutLengthMax)
    return `it has ${layout.length} characters; at most ${layoutLengthMax} are taken`;
  const pieces = piecesOf(layout);
  const fault = faultOf(pieces);
  if (fault !== undefined) return fault;
  const hasOffset = pieces.some((piece) => !isLiteral(piece) && piece.says === 'offset');
  const readers = pieces.flatMap((piece, i) => readersOf(piece, pieces[i + 1], hasOffset));
  return (text) => {
    const fields: TimeFields = noFields();
    let at = 0;
    for (const read of readers) {
      at = read(text, at, fields);
      if (at < 0) return undefined;
    }
    return at === text.length ? instantOf(fields) : undefined;
  };
}

function isLiteral(piece: Piece): piece is { readonly literal: string } {
  return 'literal' in piece;
}

function piecesOf(layout: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let literal = '';
  for (let at = 0; at < layout.length; ) {
    const element = elementAt(layout, at);
    if (element === undefined) {
      literal += layout[at++];
      continue;
    }
    if (literal !== '') pieces.push({ literal });
    literal = '';
    pieces.push(element);
    at += element.pattern.length;
  }
  return literal === '' ? pieces : [...pieces, { literal }];
}

function elementAt(layout: string, at: number): LayoutElement | undefined {
  fractionForm.lastIndex = at;
  const pattern = fractionForm.exec(layout)?.[0];
  if (pattern !== undefined) return { pattern, says: 'fraction of the second', read: fraction(pattern) };
  const isYearAfterBar = layout.startsWith('_2006', at);
  return layoutElements.find(
    ({ pattern: known }) => layout.startsWith(known, at) && !isYearAfterBar && !isOfWord(layout, at, known),
  );
}

/** `Jan` and `Mon` that a small letter follows are parts of words: `Month`, `Janus`. */
function isOfWord(layout: string, at: number, pattern: string): boolean {
  return (pattern === 'Jan' || pattern === 'Mon') && /[a-z]/.test(layout[at + 3] ?? '');
}

function faultOf(pieces: readonly Piece[]): string | undefined {
  const said = pieces.flatMap((piece) => (isLiteral(piece) ? [] : [piece.says]));
  const twice = said.find((part, i) => said.indexOf(part) < i);
  if (twice !== undefined) return `it names the ${twice} twice`;
  if (!said.includes('year'))
    return 'it names no year; a Go layout writes the time 2006-01-02 15:04:05 as it is to be read';
  if (said.includes('day of the year') && (said.includes('month') || said.includes('day')))
    return 'it names the day of the year beside a month or a day';
  const stray = pieces.flatMap((piece) => (isLiteral(piece) ? [/[1-9%]/.exec(piece.literal)?.[0]] : [])).find(Boolean);
  return stray === undefined ? undefined : `'${stray}' is no part of Go's reference time 2006-01-02 15:04:05`;
}

function readersOf(piece: Piece, next: Piece | undefined, hasOffset: boolean): readonly ReadElement[] {
  if (isLiteral(piece)) return [literalReader(piece.literal)];
  if (piece.says === 'zone' && hasOffset) return [anyZoneName];
  const namesFraction = next !== undefined && !isLiteral(next) && next.says === 'fraction of the second';
  return piece.says === 'second' && !namesFraction ? [piece.read, fraction('.9')] : [piece.read];
}

/** A run of spaces stands for any run of spaces, and for nothing at the end of the text. */
function literalReader(literal: string): ReadElement {
  const parts = literal.split(/( +)/).filter((part) => part !== '');
  return (text, start) => {
    let at = start;
    for (const part of parts) {
      if (part[0] !== ' ') {
        if (!text.startsWith(part, at)) return -1;
        at += part.length;
      } else if (at < text.length && text[at] !== ' ') return -1;
      else while (text[at] === ' ') at++;
    }
    return at;
  };
}

function noFields(): TimeFields {
  return { year: 0, month: 1, day: 1, yearDay: 0, hour: 0, minute: 0, second: 0, nanos: 0, half: '', offset: 0 };
}

function instantOf({ year, month, day, yearDay, hour, minute, second, nanos, half, offset }: TimeFields) {
  if (day > daysOf(year, month) || yearDay > daysInYear(year)) return undefined;
  const days = daysSince1970(year, month, day) + (yearDay > 0 ? yearDay - 1 : 0);
  const hours = half === 'PM' && hour < 12 ? hour + 12 : half === 'AM' && hour === 12 ? 0 : hour;
  return { seconds: days * 86_400 + hours * 3_600 + minute * 60 + second - offset, nanos };
}
