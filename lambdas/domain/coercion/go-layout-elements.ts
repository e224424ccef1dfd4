/** What reading a text by a layout fills in. */
export interface TimeFields {
  year: number;
  month: number;
  day: number;
  /** Day of the year, from 1; 0 where the layout has none. */
  yearDay: number;
  hour: number;
  minute: number;
  second: number;
  nanos: number;
  half: '' | 'AM' | 'PM';
  /** Seconds east of UTC. */
  offset: number;
}

/**
 * Reads one element of a layout from `at` on, and fills in what it says.
 * @returns where the element ends in the text; below zero when it is not there
 */
export type ReadElement = (text: string, at: number, into: TimeFields) => number;

/** An element of a layout: the part of Go's reference time that stands for it, and how it is read. */
export interface LayoutElement {
  readonly pattern: string;
  /** What it says of a time; a layout says each once. */
  readonly says: string;
  readonly read: ReadElement;
}

const failed = -1;
const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
/** Two digits of a year from here on are of the 1900s (Go's `time.Parse`). */
const firstShortYear = 69;

/**
 * The elements that Go's `time.Parse` knows, but for the fraction of a second, each before those that it begins with.
 * Zone abbreviations other than UTC and GMT are not among them: they name no one offset, and Go takes most for UTC.
 */
export const layoutElements: readonly LayoutElement[] = [
  { pattern: 'January', says: 'month', read: nameOf(months, 'month') },
  { pattern: 'Jan', says: 'month', read: nameOf(shortened(months), 'month') },
  { pattern: 'Monday', says: 'day of the week', read: nameOf(weekdays) },
  { pattern: 'Mon', says: 'day of the week', read: nameOf(shortened(weekdays)) },
  { pattern: 'MST', says: 'zone', read: zoneName },
  { pattern: '2006', says: 'year', read: digits(4, 4, 0, 9999, 'year') },
  { pattern: '06', says: 'year', read: shortYear },
  { pattern: '002', says: 'day of the year', read: digits(3, 3, 1, 366, 'yearDay') },
  { pattern: '__2', says: 'day of the year', read: afterSpaces(2, digits(1, 3, 1, 366, 'yearDay')) },
  { pattern: '01', says: 'month', read: digits(2, 2, 1, 12, 'month') },
  { pattern: '02', says: 'day', read: digits(2, 2, 1, 31, 'day') },
  { pattern: '_2', says: 'day', read: afterSpaces(1, digits(1, 2, 1, 31, 'day')) },
  { pattern: '03', says: 'hour', read: digits(2, 2, 0, 12, 'hour') },
  { pattern: '04', says: 'minute', read: digits(2, 2, 0, 59, 'minute') },
  { pattern: '05', says: 'second', read: digits(2, 2, 0, 59, 'second') },
  { pattern: '15', says: 'hour', read: digits(1, 2, 0, 23, 'hour') },
  { pattern: '1', says: 'month', read: digits(1, 2, 1, 12, 'month') },
  { pattern: '2', says: 'day', read: digits(1, 2, 1, 31, 'day') },
  { pattern: '3', says: 'hour', read: digits(1, 2, 0, 12, 'hour') },
  { pattern: '4', says: 'minute', read: digits(1, 2, 0, 59, 'minute') },
  { pattern: '5', says: 'second', read: digits(1, 2, 0, 59, 'second') },
  { pattern: 'PM', says: 'half of the day', read: halfOfDay('AM', 'PM') },
  { pattern: 'pm', says: 'half of the day', read: halfOfDay('am', 'pm') },
  ...['07:00:00', '070000', '07:00', '0700', '07'].flatMap((form) =>
    ['-', 'Z'].map((first) => ({ pattern: first + form, says: 'offset', read: offset(form, first === 'Z') })),
  ),
];

/** The fraction of a second: `.000` wants as many digits, `.999` takes any number or none; a comma will do for the point. */
export function fraction(pattern: string): ReadElement {
  const exact = pattern[1] === '0' ? pattern.length - 1 : undefined;
  return (text, at, into) => {
    const isThere = (text[at] === '.' || text[at] === ',') && isDigit(text.charCodeAt(at + 1));
    if (!isThere) return exact === undefined ? at : failed;
    let end = at + 1;
    let nanos = 0;
    const last = exact === undefined ? text.length : at + 1 + exact;
    for (let unit = 100_000_000; end < last && isDigit(text.charCodeAt(end)); end++, unit = Math.floor(unit / 10)) {
      nanos += (text.charCodeAt(end) - 48) * unit;
    }
    into.nanos = nanos;
    return exact === undefined || end === last ? end : failed;
  };
}

/** Any word of capital letters, as a zone's name beside its offset. */
export const anyZoneName: ReadElement = (text, at) => {
  let end = at;
  while (end < at + 5 && text.charCodeAt(end) >= 65 && text.charCodeAt(end) <= 90) end++;
  return end - at < 3 ? failed : end;
};

function digits(min: number, max: number, low: number, high: number, field: NumberField): ReadElement {
  return (text, at, into) => {
    let value = 0;
    let end = at;
    for (; end < at + max && isDigit(text.charCodeAt(end)); end++) value = value * 10 + text.charCodeAt(end) - 48;
    if (end - at < min || value < low || value > high) return failed;
    into[field] = value;
    return end;
  };
}

type NumberField = Exclude<keyof TimeFields, 'half'>;

function shortYear(text: string, at: number, into: TimeFields): number {
  const end = digits(2, 2, 0, 99, 'year')(text, at, into);
  into.year += into.year >= firstShortYear ? 1900 : 2000;
  return end;
}

function afterSpaces(max: number, read: ReadElement): ReadElement {
  return (text, at, into) => {
    let first = at;
    while (first < at + max && text[first] === ' ') first++;
    return read(text, first, into);
  };
}

/** Names in any case, the longest first. */
function nameOf(names: readonly string[], field?: 'month'): ReadElement {
  const lower = names.map((name) => name.toLowerCase());
  return (text, at, into) => {
    const place = lower.findIndex((name) => text.slice(at, at + name.length).toLowerCase() === name);
    if (place < 0) return failed;
    if (field) into[field] = place + 1;
    return at + lower[place]!.length;
  };
}

function shortened(names: readonly string[]): readonly string[] {
  return names.map((name) => name.slice(0, 3));
}

function halfOfDay(am: string, pm: string): ReadElement {
  return (text, at, into) => {
    const found = text.slice(at, at + 2);
    if (found !== am && found !== pm) return failed;
    into.half = found === am ? 'AM' : 'PM';
    return at + 2;
  };
}

function zoneName(text: string, at: number): number {
  const name = text.slice(at, at + 3);
  return name === 'UTC' || name === 'GMT' ? at + 3 : failed;
}

/** `+02:00` in the given form; `Z` for none, where the form takes it. */
function offset(form: string, takesZ: boolean): ReadElement {
  const places = [...form.matchAll(/\d\d/g)].map(({ index }) => index);
  return (text, at, into) => {
    if (takesZ && text[at] === 'Z') {
      into.offset = 0;
      return at + 1;
    }
    const sign = text[at] === '+' ? 1 : text[at] === '-' ? -1 : 0;
    const given = text.slice(at + 1, at + 1 + form.length);
    const looksRight = given.length === form.length && given.replace(/\d/g, '0') === form.replace(/\d/g, '0');
    const [hours = 0, minutes = 0, seconds = 0] = places.map((place) => Number(given.slice(place, place + 2)));
    if (sign === 0 || !looksRight || hours > 24 || minutes > 59 || seconds > 59) return failed;
    into.offset = sign * (hours * 3_600 + minutes * 60 + seconds);
    return at + 1 + form.length;
  };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
