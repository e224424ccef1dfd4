import { recordsPerRequestMax } from '../limits.ts';
import type { RecordOutcome, Rejection } from '../outcome.ts';
import { Problem } from '../problem.ts';
import type { Mapping } from '../sink.ts';
import { parseRecordsBody } from './json-body.ts';
import { LongDecimal } from './long-decimal.ts';

/**
 * The records of a /v1 or /v2 body, `{"records": [...]}`.
 * @throws Problem `invalid_body`, or `payload_too_large` in the words that clients of the original look for
 */
export function recordsOf(body: string, exactNumbers: boolean): readonly unknown[] {
  const parsed = parseRecordsBody(body, exactNumbers);
  const records = isObject(parsed) && Object.hasOwn(parsed, 'records') ? parsed['records'] : undefined;
  if (!Array.isArray(records)) {
    throw new Problem(
      'invalid_body',
      `The body must be a JSON object with a list "records", as in {"records":[{"value":{...}}]}; it is ${describe(parsed)}.`,
    );
  }
  if (records.length > recordsPerRequestMax) {
    throw new Problem('payload_too_large', 'Request exceeded record count limit', {
      received: records.length,
      limit: recordsPerRequestMax,
    });
  }
  return records;
}

/**
 * The batch rule of `allow_missing_fields: false`: one record without a mapped field discards the whole request
 * (FeatureBase's v2 text; its v1 text says no more than that data will not be loaded). A wrong value costs only its
 * record, and so does a missing one where the sink takes requests in part.
 */
export function discardIncomplete(
  outcomes: readonly RecordOutcome[],
  { partialAcceptance = false }: Pick<Mapping, 'partialAcceptance'>,
): readonly RecordOutcome[] {
  if (partialAcceptance) return outcomes;
  const lacking = outcomes.findIndex((outcome) => outcome.kind === 'rejected' && outcome.reason === 'missing_field');
  if (lacking < 0) return outcomes;
  const { pointer } = outcomes[lacking] as Rejection;
  return outcomes.map((outcome) => (outcome.kind === 'rejected' ? outcome : discardedFor(lacking, pointer)));
}

/** What becomes of the other records of a request whose record at position `lacking` has nothing at `pointer`. */
export function discardedFor(lacking: number, pointer: string): Rejection {
  const place = `/records/${lacking}${pointer}`;
  return {
    kind: 'rejected',
    reason: 'batch_discarded',
    pointer: '',
    got: `nothing at ${place}`,
    want: 'every mapped field in every record of the request',
    message: `the whole request was discarded: ${place} is missing and this sink does not allow missing fields`,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LongDecimal);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value))
    return Object.hasOwn(value, 'records') ? 'an object whose "records" is no list' : 'an object without "records"';
  if (value === null) return 'null';
  return `a ${value instanceof LongDecimal ? 'number' : typeof value}`;
}
