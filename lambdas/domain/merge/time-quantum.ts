import { parseGoDuration } from '../coercion/go-duration.ts';
import { parseRfc3339 } from '../coercion/rfc3339.ts';
import type { Quantum } from '../column-type.ts';
import type { ColumnId } from '../ids.ts';
import { Problem } from '../problem.ts';
import type { Column } from '../table.ts';

/** Characters of a bucket by its finest view: `2022`, `2022-08`, `2022-08-09`, `2022-08-09T02`. */
const bucketLength: Readonly<Record<string, number>> = { Y: 4, M: 7, D: 10, H: 13 };

/** A time bound: a year, then a month, a day, an hour with or without minutes, seconds and an offset. */
const partialTime = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?)?$/;

/**
 * The bucket of a quantum column's finest view that a time lies in, in UTC. Text order is time order for the years 0 to
 * 9999, which holds the range of a timestamp. Coarser views (months of an hourly column) are its prefixes.
 * @param timeMs milliseconds since 1970
 */
export function bucketOf(timeMs: number, quantum: Quantum): string {
  return new Date(timeMs).toISOString().slice(0, bucketLength[quantum.at(-1)!]);
}

/**
 * Where a query's time bound lies on the buckets of a quantum column: cut to the finest view, so `2019-08-04T14:36` on
 * an hourly column is the hour of 14:00, and a partial date is the start of its year, month or day (FeatureBase PQL,
 * time ranges). A bound without an offset is UTC.
 * @throws Problem `bad_statement` when the text is no time
 */
export function truncateTime(text: string, quantum: Quantum): string {
  const parts = partialTime.exec(text);
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', offset = 'Z'] = parts ?? [];
  const instant = parseRfc3339(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  if (instant === undefined) {
    const wanted = '2019, 2019-08, 2019-08-04 or 2019-08-04T14:36';
    throw new Problem('bad_statement', `'${text.slice(0, 40)}' is not a time: wanted ${wanted}.`);
  }
  return bucketOf(instant.seconds * 1_000, quantum);
}

/** By id of quantum columns with a time to live: the oldest bucket that still counts. Of columns not named, all count. */
export type OldestBuckets = Readonly<Record<ColumnId, string>>;

const nanosPerMs = 1_000_000n;

/**
 * Which buckets count at a time: those whose end is less than the column's `ttl` ago (FeatureBase, ViewsRemoval: a view is
 * removed once as much has passed since its end; its job runs hourly, here a bucket counts no moment longer). The
 * original lets each of a day's, a month's and a year's view live by its own end, and its answer depends on which of
 * them a range is read from; here only the finest are kept, and they alone decide.
 * @param nowMs milliseconds since 1970
 */
export function oldestBuckets(columns: readonly Column[], nowMs: number): OldestBuckets {
  const oldest: Record<ColumnId, string> = {};
  for (const { id, type } of columns) {
    const ttl = 'ttl' in type && type.ttl !== undefined ? parseGoDuration(type.ttl) : undefined;
    if (!ttl || !('quantum' in type)) continue;
    // The bucket that holds the moment `ttl` ago is the first whose end comes after that moment.
    const ttlMs = Number((ttl + nanosPerMs - 1n) / nanosPerMs);
    oldest[id] = bucketOf(nowMs - ttlMs, type.quantum);
  }
  return oldest;
}
