import { LongDecimal } from '../json/long-decimal.ts';
import { rowBytesMax } from '../limits.ts';

/** Characters of a value that an error may show: enough to find it, too little to leak it. */
const shownLengthMax = 40;

/** `row_too_large`: no row can hold the value, whatever else is in it. */
export type MisfitReason = 'wrong_type' | 'out_of_range' | 'row_too_large';

/** A value that can't be read as what its column or key wants. The mapping adds where in the record it stood. */
export class Misfit {
  readonly reason: MisfitReason;
  readonly got: string;
  readonly want: string;
  readonly message: string;

  constructor(reason: MisfitReason, got: string, want: string, message: string) {
    this.reason = reason;
    this.got = got;
    this.want = want;
    this.message = message;
  }
}

/**
 * A value of another type than wanted.
 * @param want what the column takes, as a noun phrase: `a whole number`
 */
export function wrongType(column: string, value: unknown, want: string): Misfit {
  const got = shown(value);
  return new Misfit('wrong_type', got, want, `field = ${column}, value ${got} is not ${want}`);
}

/** The last branch of a coercer: null ("clear") and undefined ("not sent") stand for themselves, all else is refused. */
export function nullOrWrongType(column: string, value: unknown, want: string): Misfit | null | undefined {
  return value === null || value === undefined ? value : wrongType(column, value, want);
}

/** A value of the right type beyond what the column holds. `complaint` follows the value in the message. */
export function outOfRange(column: string, value: unknown, want: string, complaint: string): Misfit {
  const got = shown(value);
  return new Misfit('out_of_range', got, want, `field = ${column}, value ${got} ${complaint}`);
}

/** A text that is larger than a row may be: refused when it comes, not when its row is written. */
export function tooLongText(column: string, text: string): Misfit {
  const want = `at most ${rowBytesMax} bytes, which is what a row may have`;
  const message = `field = ${column}, value ${shown(text)} has ${Buffer.byteLength(text)} bytes: ${want}`;
  return new Misfit('row_too_large', `a text of ${Buffer.byteLength(text)} bytes`, want, message);
}

/** A JSON value, as `parseRecordsBody` makes it, as an error may show it: text in quotes, lists and objects by kind only. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return shortened(JSON.stringify(value.slice(0, shownLengthMax)));
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value instanceof LongDecimal) return shortened(value.source);
  if (typeof value === 'object' && value !== null) return 'an object';
  if (value === undefined) return 'nothing';
  return shortened(String(value));
}

/** Cuts at 40 characters; a quoted text keeps its closing quote, so that the message stays readable. */
function shortened(text: string): string {
  if (text.length <= shownLengthMax) return text;
  const quote = text.startsWith('"') ? '"' : '';
  return `${text.slice(0, shownLengthMax - 1 - quote.length).replace(/"$/, '')}…${quote}`;
}
