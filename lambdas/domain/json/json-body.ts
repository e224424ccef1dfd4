import type { ColumnType } from '../column-type.ts';
import { jsonDepthMax } from '../limits.ts';
import { Problem } from '../problem.ts';
import type { Mapping } from '../sink.ts';
import { mayHoldLongNumber, parseExactNumbers } from './exact-numbers.ts';
import { findJsonFault } from './json-fault.ts';

/**
 * Parses the body of a records request. With `exactNumbers`, numbers that `JSON.parse` would round keep their digits:
 * whole ones beyond 2^53 come out as bigint, others as `LongDecimal`. Only bodies that hold numbers so long or so large
 * pay for that, with three times the time.
 * @throws Problem `invalid_body`, which names line and column where the text is no JSON, or says that it nests too deep
 */
export function parseRecordsBody(text: string, exactNumbers: boolean): unknown {
  const body = parse(text);
  const isBeyondSafe = survey(body, 1);
  return exactNumbers && (isBeyondSafe || mayHoldLongNumber(text)) ? parseExactNumbers(text) : body;
}

/** Whether a mapping reads numbers that must not be rounded. Members of stringset(q) and truth values are none. */
export function needsExactNumbers({ key, items, version }: Mapping): boolean {
  if (key.kind !== 'compound' || version) return true;
  return [...key.parts, ...items].some(({ type }) => keepsDigits(type));
}

function keepsDigits({ type }: ColumnType): boolean {
  return type !== 'bool' && type !== 'stringset' && type !== 'stringsetq';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid_body', describeFault(text));
  }
}

function describeFault(text: string): string {
  const fault = findJsonFault(text);
  if (fault === undefined) return 'The body is not JSON.';
  const { line, column, found, wanted } = fault;
  return `The body is not JSON: at line ${line}, column ${column} stands ${found} where ${wanted} was expected.`;
}

/**
 * Looks at every value once, which costs a fifteenth of parsing. (Scanning the text for brackets would cost half of it.)
 * @returns whether there is a number beyond 2^53, which JSON.parse may have rounded
 * @throws Problem when lists and objects nest deeper than allowed; the walk itself goes no deeper either
 */
function survey(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return isBeyondSafe(value);
  if (depth > jsonDepthMax) {
    throw new Problem('invalid_body', `The body nests deeper than ${jsonDepthMax} lists and objects.`);
  }
  let beyondSafe = false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (survey(value[i], depth + 1)) beyondSafe = true;
  } else {
    // What JSON.parse makes has no enumerable names but its own, and for-in needs no list of them.
    const object = value as Record<string, unknown>;
    for (const name in object) if (survey(object[name], depth + 1)) beyondSafe = true;
  }
  return beyondSafe;
}

function isBeyondSafe(value: unknown): boolean {
  return typeof value === 'number' && (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER);
}
