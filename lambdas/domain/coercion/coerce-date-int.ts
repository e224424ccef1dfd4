import { type Integer, normalInteger } from '../column-type.ts';
import type { ReadAs } from '../sink.ts';
import { epochOf, timeReaderOf, wantedText } from './coerce-timestamp.ts';
import { parseGoDuration } from './go-duration.ts';
import { compileGoLayout, type ReadTime } from './go-layout.ts';
import { Misfit, wrongType } from './misfit.ts';
import { type Instant, parseRfc3339 } from './rfc3339.ts';

type IntegerCoercer = (value: unknown) => Integer | Misfit | null | undefined;

const nanosPerSecond = 1_000_000_000n;
/** The original's layout where none is given. */
const dateOnly = compileGoLayout('2006-01-02') as ReadTime;

/**
 * A /v1 `dateInt` (FeatureBase ingester, DateIntField): the whole units from the epoch to a time, cut towards the epoch.
 * What comes in may be text, in the given layout or else RFC 3339 or a plain date, or a number, which is such a count
 * already. Text of digits is a time if the layout says so, and never a count; `""` is an error, as for a timestamp.
 * @param whole reads counts, and holds those made of times to the column's bounds
 * @param unit Go duration
 */
export function dateIntCoercer(
  column: string,
  whole: IntegerCoercer,
  unit: string,
  { epoch, layout }: Pick<ReadAs, 'epoch' | 'layout'>,
): IntegerCoercer {
  const unitNanos = parseGoDuration(unit);
  if (unitNanos === undefined || unitNanos === 0n) throw new RangeError(`a dateInt cannot count ${unit}`);
  const start = epochOf(epoch);
  const readText = layout === undefined ? textOrDate : timeReaderOf(layout);
  const wantText = layout === undefined ? 'an RFC 3339 time, a date like 2006-01-02' : wantedText(layout);
  const want = `${wantText} or a whole number`;
  return (value) => {
    if (typeof value === 'string') {
      const instant = readText(value);
      return instant === undefined ? wrongType(column, value, want) : whole(unitsBetween(start, instant, unitNanos));
    }
    const count = whole(value);
    return count instanceof Misfit && count.reason === 'wrong_type' ? wrongType(column, value, want) : count;
  };
}

function textOrDate(text: string): Instant | undefined {
  return text.length === 10 ? dateOnly(text) : parseRfc3339(text);
}

function unitsBetween(start: Instant, end: Instant, unitNanos: bigint): Integer {
  const nanos = BigInt(end.seconds - start.seconds) * nanosPerSecond + BigInt(end.nanos - start.nanos);
  return normalInteger(nanos / unitNanos);
}
